### Records that a platform asked for. Arguments everywhere: $domain, $name.

finding-record-doubled-name = The { $type } record exists, but at { $found_at }: the domain stands there twice
    .why = Your DNS host adds the domain to what you type. Receivers look for { $name } and do not see this record there.
    .fix = Delete the record at { $found_at } and create it at { $name }: in the field for the name, type only what comes before the domain.

finding-record-wrong-name = The { $type } record exists, but at { $found_at } and not at { $name }
    .why = The value can be recognised, the name is not the one that was asked for: a part was left out, or typed once too often. Receivers read { $name } only.
    .fix = Delete the record at { $found_at } and create it at { $name }.

finding-record-underscore-dropped = The record exists, but at { $found_at }: the underscore (_) of its name was left out
    .why = The underscore is part of the name. { $found_at } is another name than { $name }, and nobody reads it.
    .fix = Delete the record at { $found_at } and create it at { $name }, with its underscore. If your DNS host refuses an underscore in an alias (CNAME), ask the platform for a TXT record.

finding-record-swapped = Name and value were exchanged: { $found_at } leads to { $name }
    .why = What should be the value was typed as the name, and the other way round. So the record that was asked for is not at { $name }.
    .fix = Delete the record at { $found_at } and create it the right way round: the name is { $name }.

finding-record-zone-appended = The target of { $name } ends in your own domain: { $target }
    .why = Your DNS host puts your domain behind every target without a final dot. So { $target } is a name in your domain, and not the platform’s; the target that was asked for is { $meant }.
    .fix = Type the target again with a dot at its end: `{ $meant }.`

finding-record-proxied = A proxy answers in place of { $name }: address { $address }
    .why = The alias (CNAME) is hidden behind a proxy that is made for web sites. Receivers get an address where they look for a key or for the server of a return address.
    .fix = In the panel of your DNS host, switch the proxy off for { $name } (at Cloudflare the cloud must be grey: “DNS only”).

finding-record-flattened = { $name } gives the right answer, but without the alias (CNAME) that was asked for
    .why = Your DNS host copies the target instead of publishing the alias, or somebody pasted the value. All works today. When the service changes its key or its server, the copy may lag behind.
    .fix = If your DNS host allows it, publish an ordinary { $type } record. Otherwise change nothing: it may only be that the platform does not recognise the alias.

finding-record-quoted = The { $type } value of { $name } has quotes or backslashes in it
    .why = These signs surround the text in a zone file. Typed into a form they become part of the value, and receivers no longer recognise it.
    .fix = Type the value again without quotes or backslashes, in one piece.

finding-record-truncated = The { $type } value of { $name } is cut short: { $count } characters in place of { $expected }
    .why = Some forms stop at 255 characters without saying so. An incomplete key verifies no signature, an incomplete code proves nothing.
    .fix = Type the whole value again, or split it into several strings if your DNS host wants that, and read what was saved.

finding-record-case-changed = At { $name }, upper and lower case of the value were changed
    .why = In a key or a verification code “A” and “a” are two different characters. So the published value is another one.
    .fix = Copy the value as the platform shows it, and paste it without a tool in between that changes the case.

finding-record-several = { $count } values of type { $type } stand at { $name }, where one belongs
    .why = Each receiver may take another one, or refuse them all: the result changes from message to message.
    .fix = Keep the one value that was asked for at { $name } and delete the others.

finding-record-wrong-type = At { $name }, the value that was asked for was typed as { $found_type } instead of { $type }
    .why = The type says how the value is read. As { $found_type } it leads nowhere.
    .fix = Delete the { $found_type } record and create a { $type } record with the same value.

finding-record-return-path-taken = { $name } is already in use for something else ({ $types }) and cannot become the return address
    .why = An alias stands no other record beside it, and mail that is returned to a service must arrive at that service alone (RFC 1034, section 3.6.2).
    .fix = { EMPTY($label) ->
        [yes] Choose another name for the return address in your account, then publish the records that the platform shows.
       *[no] Choose another name for the return address in your account, for example { $label }, which is free, then publish the records that the platform shows.
    } If what stands at { $name } is no longer used, you may delete it instead.

finding-record-several-exchanges = { $name } has { $count } mail exchanges (MX), more than were asked for
    .why = At a return address the service must receive all returned mail. With another MX beside its own, part of it arrives elsewhere, and some services then refuse the domain.
    .fix = Keep only the MX records that were asked for at { $name }.

finding-record-alias-at-apex = An alias ({ $type }) was asked for at { $name }, where none can stand
    .why = SOA and NS records always stand where a zone begins, and an alias stands nothing beside it (RFC 1034, section 3.6.2). To publish it would make MX and SPF unreadable.
    .fix = Ask the platform for a name beneath { $name }, for example a subdomain for sending. Do not publish this alias.

finding-record-other-account = { $name } belongs to the right service, but to another account
    .why = What stands there is { $found }; your account asks for { $expected }. It is often the value of an old account, a trial, or another team.
    .fix = See from which account you send. If it is the one that asks for { $expected }, publish that value at { $name }, and ask first whether the other account is still in use.

finding-record-former-target = { $name } follows former instructions of the service
    .why = What stands there, { $found }, is what the service asked for in the past. Today it asks for { $expected }.
    .fix = Replace the value by { $expected }.

finding-record-other-value = Something else ({ $type }) stands at { $name } than what was asked for
    .why = The name answers, but the value is not the platform’s, nor a mistyped form of it that can be recognised.
    .fix = Replace it by the value that was asked for. If what stands there serves another service, see first whether the two can be joined.

finding-record-by-wildcard = Only a wildcard record (*) answers at { $name }
    .why = The { $type } wildcard answers for every name that does not exist, so for this one too. The record that was asked for was not published.
    .fix = Publish the record that was asked for at { $name }: it goes before the wildcard, which may stay.

finding-record-dangling-target = { $name } is right, but its target { $target } holds nothing
    .why = Your record leads where the platform asked it to. It is there that nothing stands. Perhaps the account was closed, or the domain was removed from it, or the platform has not published its part yet.
    .fix = Ask the platform to restore { $target }. If you have left this service, delete the record: a stranger might take over the target one day.

finding-record-absent = { $type } at { $name }: no such record was found
    .why = { $source ->
        [stated] The platform asks for this record.
        [account] By our catalogue the service usually uses this name; the value depends on your account, which shows it.
       *[catalogue] By our catalogue the service asks every customer for this record.
    } { $looked ->
        [yes] The names and forms that come of the usual typing mistakes were looked for too: nothing stands there.
       *[no] Not all of the usual typing mistakes could be looked for.
    }
    .fix = { $source ->
        [account] If your account shows this record, copy its value from there.{" "}
       *[other] {""}
    }{ EMPTY($host) ->
        [yes] Create the record at the DNS host that serves your zone.
       *[no] Create the record at { $host }, which serves your zone: typed elsewhere, nobody would see it.
    }

finding-record-waiting = { $name } is published ({ $type }); resolvers will see it at { CLOCK($until) } UTC on { DATE($until) }
    .why = All servers of your zone that answer have the record. The resolver that was asked had put the question earlier, and keeps the answer that there is nothing until that time (RFC 2308, section 5). Another resolver may keep it a little longer, three hours at most in practice.
    .fix = Nothing to correct. Wait until that time, then check again. Do not enter the record again, and do not start sending before. If nothing has changed after that time, the resolver that was asked does not see the public DNS: name another one (`--nameserver`).

finding-record-old-data-cached = The zone has changed at { $name } ({ $type }); resolvers keep the old answer until { CLOCK($until) } UTC on { DATE($until) }
    .why = All servers of your zone that answer give the new answer. The resolver that was asked still keeps the old one, for as long as it said that it may be kept (its TTL): { $old }
    .fix = Nothing to correct. Wait until that time, then check again. Next time, lower the TTL of the record to 300 seconds the day before the change. If nothing has changed after that time, the resolver that was asked does not see the public DNS: name another one (`--nameserver`).

finding-record-right = { $type } at { $name } is as it was asked for{ EMPTY($policy) ->
        [yes] {""}
       *[no] , but for the policy
    }
    .why = { EMPTY($policy) ->
        [yes] The record is what the platform asks for, compared by its meaning and not letter by letter.
       *[no] The platform asks for the policy `p={ $policy }`. Yours asks for less, and the choice is yours; all else is there.
    }
    .fix = { EMPTY($policy) ->
        [yes] Nothing to do.
       *[no] Raise the policy when the reports show that all your mail passes.
    }
