### BIMI: the findings, one message per code (title, .why, .fix).
### Arguments: those of crates/check/src/finding.rs, with $domain and $name. Text between backticks is to be quoted as it stands.

finding-bimi-invalid = { $reason ->
        [not-https] The BIMI record gives an address that is not `https`
        [no-location] The BIMI record does not say where the logo is
        [multiple] More than one BIMI record at the same name
        [avp] The preference `avp=` of the BIMI record does not exist
       *[syntax] The BIMI record is badly written
    }
    .why = Mailbox providers do not correct a faulty record: your logo does not appear beside your messages. Delivery of mail does not depend on it.
    .fix = { $reason ->
        [not-https] Put the logo (`l=`) and the certificate (`a=`) at an `https://` address.
        [no-location] Add `l=` and the `https://` address of the logo, an SVG file.
        [multiple] Keep only one at { $name }.
        [avp] Write `avp=brand` (the logo) or `avp=personal` (the sender’s picture), or remove the tag.
       *[syntax] Write the record again: `v=BIMI1`, a semicolon, then `l=` and the `https://` address of the logo.
    }

finding-bimi-ineffective = { $reason ->
        [dmarc-missing] BIMI has no effect: no DMARC record applies to { $domain }
        [subdomains-not-enforced] BIMI has no effect: DMARC does not protect the subdomains
       *[dmarc-not-enforced] BIMI has no effect: the DMARC policy is not applied to all messages
    }
    .why = Mailbox providers show a logo only if your domain asks for messages that fail DMARC to be filed as spam (`p=quarantine`) or rejected (`p=reject`), subdomains included. Delivery of mail does not depend on it.
    .fix = { $reason ->
        [dmarc-missing] First publish a DMARC monitoring policy, read the reports, then make it stricter. The logo comes afterwards.
        [subdomains-not-enforced] Remove `sp=none` (or `t=y`) once you know that the subdomains of yours that send pass DMARC.
       *[dmarc-not-enforced] Change to `p=quarantine`, without `pct=` or `t=y`, once a month of reports shows that all your mail passes DMARC, not before. If your domain is part of an organization, the policy of that organization counts as well.
    }

finding-bimi-declined = The domain { $domain } declines BIMI
    .why = The record exists and deliberately gives no logo: mailbox providers show none.
    .fix = Nothing to change.

finding-bimi-valid = { $certificate ->
        [yes] Valid BIMI record, with a certificate
       *[no] Valid BIMI record, without a certificate
    }
    .why = { $certificate ->
        [yes] Mailbox providers that follow BIMI can show your logo, if the file and the certificate suit them; each remains free to decide.
       *[no] Some mailbox providers, such as La Poste, show the logo without a certificate; others, such as Gmail, require a mark certificate (VMC or CMC) in `a=`.
    }
    .fix = Nothing to change.
