# What each tag and term of a record says. $value: the tag's value in small letters; $text: the same to be shown.

tag-at-issue = at issue:
tag-unknown = a tag that the documents do not define; receivers ignore it
tag-no-tag = no tag with a value; receivers ignore it

## DMARC (RFC 9989; RFC 7489 for the tags that it removed).

tag-dmarc-v = the version: what makes this a DMARC record
tag-dmarc-p = { $value ->
    [none] monitoring: nothing is asked of receivers, they only report
    [quarantine] what has no aligned support goes to the spam folder
    [reject] what has no aligned support is to be refused; some receivers file it as spam instead
   *[other] not one of the three policies (none, quarantine, reject)
}
tag-dmarc-sp = { $value ->
    [none] subdomains without a policy of their own: monitoring
    [quarantine] subdomains without a policy of their own: the spam folder
    [reject] subdomains without a policy of their own: refusal
   *[other] for subdomains; not one of the three policies (none, quarantine, reject)
}
tag-dmarc-np = { $value ->
    [none] subdomains that do not exist: monitoring
    [quarantine] subdomains that do not exist: the spam folder
    [reject] subdomains that do not exist: refusal
   *[other] for subdomains that do not exist; not one of the three policies (none, quarantine, reject)
}
tag-dmarc-rua = aggregate reports go to { $text }
tag-dmarc-ruf = failure reports go to { $text }; few receivers send any
tag-dmarc-adkim = { $value ->
    [r] relaxed alignment: a signature of a subdomain counts too
    [s] strict alignment: only a signature of this very domain counts
   *[other] how exactly the signature must fit; neither r nor s, so relaxed
}
tag-dmarc-aspf = { $value ->
    [r] relaxed alignment: a return address in a subdomain counts too
    [s] strict alignment: only a return address at this very domain counts
   *[other] how exactly the return address must fit; neither r nor s, so relaxed
}
tag-dmarc-alignment-absent = absent, so { $count ->
    [1] this alignment is relaxed
   *[other] both alignments are relaxed
}: a subdomain counts too
tag-dmarc-fo = { $value ->
    [both] failure reports only when both supports fail
    [any] failure reports when one of the supports fails
    [d] failure reports when a signature fails, aligned or not
    [s] failure reports when SPF fails, aligned or not
   *[other] when failure reports are wished for
}
tag-dmarc-t = { $value ->
    [y] a test: receivers apply one level less than the policy; older ones ignore this tag
    [n] no test: the policy applies as it stands
   *[other] whether the policy is a test; neither y nor n, so it is none
}
tag-dmarc-psd = { $value ->
    [y] this domain is a public suffix: the names beneath it belong to others
    [n] this domain is the head of an organization; the search for a policy ends here
    [u] whether this is a public suffix is found out in the usual way
   *[other] whether this is a public suffix; neither y, n nor u
}
tag-dmarc-pct = the share of mail that the policy applies to, in per cent; removed by RFC 9989, newer receivers ignore it
tag-dmarc-rf = the form of failure reports; removed by RFC 9989, it does nothing
tag-dmarc-ri = how often reports are wished for; removed by RFC 9989, it does nothing

## DKIM keys (RFC 6376, RFC 8463).

tag-dkim-v = the version: what makes this a DKIM key
tag-dkim-k = { $value ->
    [rsa] the kind of key: RSA, which every receiver verifies
    [ed25519] the kind of key: Ed25519, which many receivers do not verify yet
   *[other] the kind of key, one that receivers do not know
}
tag-dkim-p = { EMPTY($value) ->
    [yes] empty: the key was withdrawn
   *[no] the public key{ $algorithm ->
        [rsa] , RSA, { DIGITS($bits) } bits
        [ed25519] , Ed25519
       *[none] {""}
    }
}
tag-dkim-h = the hashes that signatures may use: { $text }
tag-dkim-s = { $value ->
    [star] for every kind of service, mail included
    [email] for mail
   *[other] the kinds of service that it is for: { $text }
}
tag-dkim-t = { $value ->
    [y] a test: receivers treat the mail as if it were not signed
    [s] the address in the signature must be at this very domain
    [ys] a test, and the address in the signature must be at this very domain
   *[other] flags: { $text }
}
tag-dkim-n = a note for people; receivers ignore it
tag-dkim-g = which addresses it is for; removed long ago, receivers ignore it

## MTA-STS (RFC 8461), TLS-RPT (RFC 8460), BIMI.

tag-mta-sts-v = the version: what announces a policy file
tag-mta-sts-id = the version of the policy file; it has to change whenever the file does
tag-mta-sts-policy = the policy file
tag-mta-sts-policy-text = { $mode ->
    [enforce] mode enforce: without TLS and a matching name, mail is not delivered
    [testing] mode testing: faults are reported, mail is delivered
   *[none] mode none: the policy is withdrawn
}{ EMPTY($hosts) ->
    [yes] {""}
   *[no] ; mail servers: { $hosts }
}
tag-tls-rpt-v = the version: what makes this a TLS-RPT record
tag-tls-rpt-rua = reports about encryption go to { $text }
tag-bimi-v = the version: what makes this a BIMI record
tag-bimi-l = { EMPTY($value) ->
    [yes] empty: no logo is to be shown
   *[no] where the logo is (SVG): { $text }
}
tag-bimi-a = { EMPTY($value) ->
    [yes] empty: no certificate vouches for the logo
   *[no] where the certificate for the logo is: { $text }
}
tag-bimi-avp = whether the logo is a brand’s or a person’s: { $text }
tag-bimi-lps = local parts of addresses with a logo of their own: { $text }

## SPF (RFC 7208). $outcome: what follows when the term matches.

tag-spf-v = the version: what makes this an SPF record
tag-spf-all = { $outcome ->
    [pass] every server in the world may send in your name
    [fail] every other server is refused
    [softfail] every other server is suspicious, without being refused
   *[neutral] nothing is said about every other server
}
tag-spf-include = { $service ->
    [none] what the record of { $target } allows
   *[other] { $service }
}{ $outcome ->
    [pass] {""}
    [fail] {" "}(refused)
    [softfail] {" "}(suspicious)
   *[neutral] {" "}(neutral)
}; { $lookups ->
    [one] one DNS look-up
   *[other] { $lookups } DNS look-ups
}
tag-spf-a = the addresses of the name{ EMPTY($target) ->
    [yes] {" "}itself
   *[no] {" "}given
}; one DNS look-up
tag-spf-mx = the servers that receive mail for the name; one DNS look-up
tag-spf-ptr = whoever’s address leads back to a name here; slow and discouraged
tag-spf-ip4 = { $outcome ->
    [pass] may send
    [fail] is refused
    [softfail] is suspicious
   *[neutral] nothing is said about it
}: { $addresses ->
    [one] one address
   *[other] { $addresses } addresses
}
tag-spf-ip6 = { $outcome ->
    [pass] may send
    [fail] is refused
    [softfail] is suspicious
   *[neutral] nothing is said about it
}: an IPv6 address or range
tag-spf-ip4-several = { $count } terms that name addresses, { $addresses } in all
tag-spf-ip6-several = { $count } terms that name IPv6 addresses or ranges
tag-spf-exists = asks a name made from the sending server’s address; one DNS look-up
tag-spf-redirect = { $service ->
    [none] the record of { $target } takes the place of this one
   *[other] the record of { $service } takes the place of this one
}; { $lookups ->
    [one] one DNS look-up
   *[other] { $lookups } DNS look-ups
}
tag-spf-exp = where the explanation for a refusal is
tag-spf-modifier = a modifier that the document does not define; receivers ignore it
tag-spf-unknown = a mechanism that does not exist: the whole record is an error
tag-spf-not-read = { $text }; never read, because it comes after “all”
tag-spf-several = { $count } terms of which the same holds: { $text }
tag-spf-total = in all
tag-spf-total-text = { $count ->
    [one] one DNS look-up of the 10 allowed
   *[other] { $count } DNS look-ups of the 10 allowed
}

## MX.

tag-mx-host = { $service ->
    [none] {""}
   *[other] { $service }; {""}
}{ $count ->
    [0] no address was seen
    [one] address { $addresses }
   *[other] addresses { $addresses }
}
