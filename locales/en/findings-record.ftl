### Records that a platform asked for. Arguments everywhere: $domain, $name.

finding-record-waiting = { $name } is published ({ $type }); resolvers will see it at { CLOCK($until) } UTC on { DATE($until) }
    .why = All servers of your zone that answer have the record. The resolver that was asked had put the question earlier, and keeps the answer that there is nothing until that time (RFC 2308, section 5). Another resolver may keep it a little longer, three hours at most in practice.
    .fix = Nothing to correct. Wait until that time, then check again. Do not enter the record again, and do not start sending before.

finding-record-old-data-cached = The zone has changed at { $name } ({ $type }); resolvers keep the old answer until { CLOCK($until) } UTC on { DATE($until) }
    .why = All servers of your zone that answer give the new answer. The resolver that was asked still keeps the old one, for as long as it said that it may be kept (its TTL): { $old }
    .fix = Nothing to correct. Wait until that time, then check again. Next time, lower the TTL of the record to 300 seconds the day before the change.
