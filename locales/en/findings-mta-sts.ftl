### MTA-STS: the findings, one message per code (title, .why, .fix).
### Arguments: those of crates/check/src/finding.rs, with $domain and $name. Text between backticks is to be quoted as it stands.

finding-mta-sts-multiple = { $count } MTA-STS records instead of one: it is as if there were none
    .why = Faced with several records, the servers that write to you have to assume that you have no MTA-STS policy (RFC 8461, section 3.1). Mail still arrives, but without guaranteed encryption.
    .fix = Keep only one at { $name }.

finding-mta-sts-invalid = { $reason ->
        [id-missing] The MTA-STS record has no identifier (`id=`)
        [id-syntax] The identifier (`id=`) of the MTA-STS record is badly written
        [not-first] The MTA-STS record does not begin with `v=STSv1`
       *[syntax] The MTA-STS record is badly written
    }
    .why = What stands there is: `{ $found }`. The servers that write to you then have to assume that you have no MTA-STS policy (RFC 8461, section 3.1). Mail still arrives, but without guaranteed encryption.
    .fix = { $reason ->
        [id-missing] Add `id=` and letters or digits, 32 at most, and change it with each new version of the policy; a date with the time does well.
        [id-syntax] Use only unaccented letters and digits in `id=`, 32 at most; a date with the time does well.
        [not-first] Put `v=STSv1` at the very beginning, followed by a semicolon.
       *[syntax] Write the record again: `v=STSv1`, a semicolon, then `id=` and letters or digits; a date with the time does well.
    }

finding-mta-sts-policy-unreachable = { $reason ->
        [no-address] The MTA-STS policy file cannot be found: the server’s name has no address
        [refused-address] The MTA-STS policy file is out of reach: the server’s address is not public
        [connect] The MTA-STS policy file is out of reach: the server does not answer
        [tls] The MTA-STS policy file is out of reach: the encrypted connection fails
        [status] The MTA-STS policy file cannot be found: the server answers { DIGITS($detail) }
        [redirect] The MTA-STS policy file has moved: the server points elsewhere
        [content-type] The MTA-STS policy file is not served as text
        [too-large] The MTA-STS policy file is too large
        [timeout] The MTA-STS policy file is out of reach: the server takes too long to answer
       *[other] The MTA-STS policy file cannot be read
    }
    .why = The record announces a policy, but it cannot be read at { $url }. The servers that write to you act as if there were none, or keep the old one if they still remember it (RFC 8461, section 3.3).
    .fix = { $reason ->
        [no-address] Publish an address (A or AAAA) or an alias (CNAME) for mta-sts.{ $domain } that leads to the web server holding the file.
        [refused-address] Give mta-sts.{ $domain } a public address: no other can be reached from the Internet.
        [connect] Make sure that the web server of mta-sts.{ $domain } is running and that port 443 is open.
        [tls] Install a current certificate, issued for mta-sts.{ $domain } by a recognised authority; check the complete chain.
        [status] Put the file at exactly the address { $url }.
        [redirect] Serve the file at the address itself: redirects are not followed (RFC 8461, section 3.3).
        [content-type] Set the web server to serve this file with the type `text/plain`.
        [too-large] Cut the file down to a few lines: version, mode, servers, duration.
        [timeout] Check the load and the firewall of the web server of mta-sts.{ $domain }.
       *[other] Open { $url } in a browser and correct what it complains of.
    }

finding-mta-sts-policy-invalid = { $reason ->
        [version] The MTA-STS policy file does not state the right version
        [mode] The MTA-STS policy file does not state a mode that exists
        [max-age] The MTA-STS policy file does not state a valid duration
        [mx] The MTA-STS policy file does not name your mail servers correctly
       *[syntax] The MTA-STS policy file is badly written
    }
    .why = { $line ->
        [0] A line that the standard requires is not there.
       *[other] The mistake is on line { DIGITS($line) }.
    } The servers that write to you do not apply a policy that they do not understand: mail still arrives, but without guaranteed encryption (RFC 8461, sections 3.2 and 5).
    .fix = { $reason ->
        [version] Write `version: STSv1`.
        [mode] Write `mode: testing` to begin with, `mode: enforce` later.
        [max-age] Write `max_age:` and a number of seconds, 31557600 (one year) at most; for example `max_age: 604800` (one week).
        [mx] Write one `mx:` line for each server that receives your mail, with its exact name or a pattern such as `*.example.com`.
       *[syntax] Write one fact per line, in the form `name: value`.
    } Then change `id=` in the DNS record.

finding-mta-sts-exchange-not-listed = The mail server { $exchange } is not named in the MTA-STS policy
    .why = { $mode ->
        [enforce] In `enforce` mode, servers that honour MTA-STS refuse to hand your mail to it: if it is the only one, or if the others are down, messages do not reach you.
        [testing] In `testing` mode mail still arrives; in `enforce` mode it would no longer arrive through this server.
       *[none] In `none` mode mail still arrives; in `enforce` mode it would no longer arrive through this server.
    }
    .fix = Add a line `mx: { $exchange }` to the policy file, then change `id=` in the DNS record. If this server should no longer receive your mail, remove its MX record instead.

finding-mta-sts-testing = The MTA-STS policy is on trial (`mode: testing`)
    .why = The servers that write to you report faults of encryption if you asked for reports (TLS-RPT), and deliver the mail all the same. This is the right way to begin.
    .fix = Nothing to change for now. After a few weeks without faults in the reports, change to `mode: enforce` and change `id=`.

finding-mta-sts-valid = The MTA-STS policy is valid and enforced (`mode: enforce`)
    .why = Servers that honour MTA-STS hand mail to you only over an encrypted and verified connection, and only to the servers that you name ({ $exchanges ->
        [one] { $exchanges } line
       *[other] { $exchanges } lines
    } `mx:`).
    .fix = Nothing to change.
