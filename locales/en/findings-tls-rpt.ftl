### TLS-RPT: the findings, one message per code (title, .why, .fix).
### Arguments: those of crates/check/src/finding.rs, with $domain and $name. Text between backticks is to be quoted as it stands.

finding-tls-rpt-multiple = { $count } TLS-RPT records instead of one: it is as if there were none
    .why = Faced with several records, the servers that write to you have to assume that you ask for no reports (RFC 8460, section 3). Delivery of mail does not depend on it.
    .fix = Keep only one at { $name }, holding all the addresses, separated by commas.

finding-tls-rpt-invalid = { $reason ->
        [rua-missing] The TLS-RPT record gives no address for the reports
        [rua-invalid] The report address of the TLS-RPT record cannot be used
       *[syntax] The TLS-RPT record is badly written
    }
    .why = What stands there is: `{ $found }`. The servers that write to you cannot tell you about faults of encryption (RFC 8460, section 3). Delivery of mail does not depend on it.
    .fix = { $reason ->
        [rua-missing] Add `rua=mailto:` and an address kept for this purpose.
        [rua-invalid] Write the address as a link, `mailto:name@domain` or `https://…`.
       *[syntax] Write the record again: `v=TLSRPTv1`, a semicolon, then `rua=mailto:` and an address.
    }

finding-tls-rpt-valid = Reports on encryption (TLS-RPT) are asked for at { $count ->
        [one] one address
       *[other] { $count } addresses
    }
    .why = Servers that send such reports tell you every day which encrypted connections to your mail servers succeeded and which failed.
    .fix = Nothing to change.
