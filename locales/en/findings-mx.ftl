### Receiving mail (MX). Arguments everywhere: $domain, $name.

finding-mx-null = { $domain } declares that it receives no mail (null MX)
    .why = The record `MX 0 .` (RFC 7505) says that nobody can answer an address in this domain. That is right for a domain without mail; if it does send, some receivers, Yahoo among them, refuse its messages.
    .fix = If this domain sends nothing, nothing to change. If it sends mail, replace this record by the MX of your mail service.

finding-mx-null-beside-others = { $domain } declares that it receives no mail (null MX) and names { $count ->
        [one] a mail server (MX)
       *[other] { $count } mail servers (MX)
    } all the same
    .why = The two contradict each other: a domain that publishes `MX 0 .` must not publish any other MX (RFC 7505, section 3). Each sending server makes its own choice, and some of the mail meant for you may be turned away.
    .fix = If you receive mail at { $domain }, delete `MX 0 .`. If not, delete all other MX records.

finding-mx-implicit = { $domain } has no MX record: mail goes to the address of the domain itself
    .why = Where there is no MX, a sending server tries the A or AAAA address of { $domain } (RFC 5321, section 5.1). Often that is a web site which takes no mail: replies and non-delivery messages then do not arrive.
    .fix = Publish the MX of your mail service. If the domain is meant neither to receive nor to send, publish `MX 0 .`.

finding-mx-none = Nobody can write to { $domain }: it has neither a mail server (MX) nor an address
    .why = Your customers’ replies and non-delivery messages cannot arrive. Some receivers also refuse a message whose sender address or return address cannot take an answer.
    .fix = Publish the MX of your mail service. If the domain is meant neither to receive nor to send, publish `MX 0 .`.

finding-mx-without-address = The mail server { $exchange } has no address
    .why = This name, given by an MX of { $domain }, has neither an A nor an AAAA record. Nothing can be delivered to it; if it is your only MX, you receive no mail at all, neither replies nor non-delivery messages.
    .fix = Check the name { $exchange } with your mail service. If your domain was added at its end, enter it with its final dot. If the name is right, publish its address there; if it is no longer used, delete this MX.

finding-mx-alias = The mail server { $exchange } is an alias (CNAME) of { $target }
    .why = The name that an MX gives must not be an alias (RFC 2181, section 10.3). Many servers follow it all the same, others refuse: some mail may not arrive.
    .fix = Put the name { $target } into the MX, or give { $exchange } A and AAAA records of its own in place of the CNAME.

finding-mx-is-address = An MX of { $domain } gives the IP address { $exchange } in place of a name
    .why = An MX has to give the name of a server (RFC 1035, section 3.3.9). An address is read as a name that does not exist: nothing can be delivered through this MX.
    .fix = Create a name for this address, for example mail.{ $domain } of type A, and put that name into the MX.

finding-mx-private-address = The mail server { $exchange } has no public address ({ $address })
    .why = A private or reserved address cannot be reached from the Internet. Replies and non-delivery messages do not arrive through this MX.
    .fix = Publish the server’s public address in the DNS that the Internet sees, and keep the other one for your internal DNS.

finding-mx-valid = { $domain } can receive mail: { $count ->
        [one] one mail server (MX)
       *[other] { $count } mail servers (MX)
    }
    .why = Replies and non-delivery messages can reach you.
    .fix = Nothing to change.
