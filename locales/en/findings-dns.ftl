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
