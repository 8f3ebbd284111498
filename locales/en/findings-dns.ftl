### The DNS at large. Arguments everywhere: $domain, $name.

finding-dns-record-beside-alias = At { $name }, a record of type { $type } stands beside an alias (CNAME)
    .why = A name that is an alias can hold nothing else (RFC 1034, section 3.6.2). Depending on their resolver, some receivers read the { $type } record here and others follow the alias to { $target }: the result changes from one to the next.
    .fix = Keep one of the two. Either delete the alias to { $target }, or delete the { $type } record here and have it published at { $target }.

finding-dns-alias-at-domain = { $domain } is itself an alias (CNAME) of { $target }
    .why = Every question about { $domain } is answered with what stands at { $target }, MX and SPF included. The name can hold no record of its own, and at the top of a zone such an alias is not allowed.
    .fix = If a sending service asked you for this alias as its return address, leave it. If this is your main domain, replace it by A and AAAA records, or by the type ALIAS where your DNS host offers it, then publish MX and SPF at { $domain }.

finding-dns-no-tcp = The { $type } answer for { $name } does not fit into a datagram, and does not arrive over TCP
    .why = A DNS answer that is too long for a datagram (UDP) has to be asked for again over TCP (RFC 7766). Here TCP does not get through. If your servers are the cause, some receivers cannot read this record; it may also be a firewall in front of the resolver that was asked, and then receivers notice nothing.
    .fix = Try again from another network. If TCP fails there too, ask your DNS host to open port 53 for TCP; until then, remove from { $name } the { $type } records that are no longer used.

finding-dns-no-answer = No definite answer to the question { $type } for { $name }: this part of the result is unknown
    .why = { $reason ->
        [servfail] The server that was asked could not give the answer (SERVFAIL).
        [timeout] No answer came in time.
        [refused] The server that was asked declined the question (REFUSED).
        [unreachable] None of the servers could be reached.
        [malformed] The answer could not be read.
       *[other] The answer allows no conclusion.
    } This does not mean that there is no such record, and the cause may be the resolver that was asked rather than your domain.
    .fix = Check again in a few minutes. If the result stays the same, ask another server (`--nameserver`), then tell your DNS host about the question { $type } for { $name }.

finding-dns-delegation-differs = For { $name }, the parent zone and the zone itself list different servers
    .why = Resolvers start from the servers that the parent zone lists (for a name that you bought, those entered at your registrar), and then often take up those that the zone lists itself (its NS records). { EMPTY($parent) ->
        [yes] The parent zone lists none besides those.
       *[no] Only the parent zone lists { $parent }.
    } { EMPTY($zone) ->
        [yes] The zone itself lists no others.
       *[no] Only the zone itself lists { $zone }.
    } Where their records differ, the result changes from one receiver to the next.
    .fix = Ask your DNS host for the exact list of its servers. Enter it at your registrar, and publish the same names as NS records at { $name }.

finding-dns-lame-server = { $reason ->
        [refused] The server { $server } is listed for { $name } but refuses to answer for it
        [servfail] The server { $server } is listed for { $name } but answers with an error
        [not-authoritative] The server { $server } is listed for { $name } but does not serve this zone
        [no-address] The server { $server } is listed for { $name } but has no public address
        [silent] The server { $server }, listed for { $name }, did not answer
       *[malformed] The server { $server } is listed for { $name } but its answer cannot be used
    }
    .why = { $reason ->
        [silent] The other servers of the zone answer, and resolvers turn to them after a wait. The question was put once, and from here only: the cause may be passing.
        [malformed] The other servers of the zone answer, and resolvers turn to them. The question was put from here only: a device on the way may be the cause.
       *[other] A resolver that asks it loses time and then tries another server; if it does not, it finds none of your records. Checks then succeed one time and fail the next.
    }
    .fix = { $reason ->
        [silent] Check again later. If { $server } is still silent, tell your DNS host.
        [malformed] Check again from another network. If nothing changes, tell your DNS host about { $server }.
        [no-address] Ask your DNS host for the exact names of its servers, and correct { $server } at your registrar and in the NS records of the zone.
       *[other] Ask your DNS host whether { $server } is to serve { $name }. If so, it has to put the zone back there; if not, remove this server at your registrar and from the NS records of the zone.
    }

finding-dns-all-servers-lame = No server that is listed for { $name } serves this zone: the domain cannot be reached
    .why = Servers listed: { $servers }. { $reason ->
        [refused] They refuse questions about this zone.
        [servfail] They answer with an error.
        [not-authoritative] They answer that they do not serve this zone.
        [no-address] Their names have no public address.
        [silent] They do not answer, while those of the parent zone do.
       *[malformed] Their answers cannot be used.
    } Nobody can read your records: what is sent in your name cannot be authenticated, and mail to you does not arrive.
    .fix = No change in the zone can help. Ask your DNS host today why its servers no longer serve { $name } (zone deleted, contract ended, breakdown). If you changed your DNS host, enter the servers of the new one at your registrar.

finding-dns-stale-server = The server { $server } still serves an older version of the zone { $name }
    .why = It has version { DIGITS($serial) } while another already has version { DIGITS($newest) } (serial of the SOA record). { EMPTY($record) ->
        [yes] The names that were checked are the same there: a few minutes behind is normal.
       *[no] It answers otherwise for { $record }: depending on the server that is asked, a receiver reads the old answer or the new one.
    }
    .fix = { EMPTY($record) ->
        [yes] Nothing for now. If it stays behind for more than an hour, tell your DNS host.
       *[no] Do not enter anything again: your record is where it belongs. Ask your DNS host why { $server } no longer receives the zone (zone transfer), and give both serials; it has to bring the server up to date or take it out.
    }

finding-dns-servers-disagree = The servers of the zone give different { $type } answers for { $name }
    .why = { $servers }: another answer than the other servers of the zone, and neither is behind the other. Depending on the server that is asked, a receiver reads one or the other, and checks succeed one time and fail another.
    .fix = If two DNS hosts serve your zone, enter the same records for { $name } at both, or keep only one of them. If not, show both answers to your DNS host: the fault is there.

finding-dns-servers-ipv6-only = The servers of { $name } have IPv6 addresses only
    .why = Servers: { $servers }. Resolvers without IPv6 cannot read any of your records: mail is accepted by some receivers and not by others.
    .fix = Ask your DNS host for at least two servers that have an IPv4 address too, and list them at your registrar.

finding-dns-record-at-other-servers = The { $type } record of { $name } stands at servers that nobody asks
    .why = It stands at { $found_at }, but your zone is served by { $host }: resolvers do not see it. This happens when a record is entered at the former DNS host, or at the registrar while the zone is elsewhere.
    .fix = Enter the same record where the zone is served ({ $host }). If you meant to leave that host, list the new servers at your registrar instead, once all your records are there.
