### DMARC: the findings, one message per code (title, .why, .fix).
### Arguments: those of crates/check/src/finding.rs, with $domain and $name. Text between backticks is to be quoted as it stands.

finding-dmarc-missing = No DMARC record applies to { $domain }
    .why = Receivers do not know what you wish for a message that spoofs your name, and you receive no reports. Orange and, for bulk mail, Gmail, Yahoo, Apple and Outlook.com ask for a DMARC record.
    .fix = If this domain sends mail, begin with a monitoring policy (`p=none`), adding `rua=mailto:` and an address for the reports; make it stricter once a month of reports shows that all your mail passes. If neither it nor its subdomains send any, ask for rejection straight away (`p=reject`).

finding-dmarc-multiple = { $count } DMARC records at one name: all of them are ignored
    .why = Where a name holds several DMARC records, receivers discard them all (RFC 9989, section 4.10): it is as if there were none.
    .fix = Keep one, holding the policy you want and the report addresses. If it asks for `quarantine` or `reject`, first make sure that your services pass DMARC: the policy is not applied today.

finding-dmarc-wrong-place = The DMARC record stands at the wrong name: { $found_at }
    .why = Receivers look for the record at { $name } and find nothing there: it might as well not exist.
    .fix = Move it to { $name }; many DNS hosts append the end of the name by themselves, and it is then to be left out. If it asks for `quarantine` or `reject`, first make sure that your services pass DMARC: the policy is not applied today.

finding-dmarc-version-case = The DMARC record is ignored: `DMARC1` has to be in capitals
    .why = Receivers compare `DMARC1` letter by letter, capitals included (RFC 9989, section 4.7). Written otherwise, the whole record does not count: no policy, no reports.
    .fix = Write `v=DMARC1`, with `DMARC1` in capitals. If the policy asks for `quarantine` or `reject`, first make sure that your services pass DMARC: the policy is not applied today.

finding-dmarc-version-not-first = The DMARC record is ignored: `v=DMARC1` is not at the beginning
    .why = Receivers recognise the record only if it begins with `v=DMARC1` (RFC 9989, section 4.7). Placed elsewhere, it does not count: no policy, no reports.
    .fix = Put `v=DMARC1` at the very beginning. If the policy asks for `quarantine` or `reject`, first make sure that your services pass DMARC: the policy is not applied today.

finding-dmarc-leading-space = The DMARC record is ignored: there is a space before `v=DMARC1`
    .why = Receivers recognise the record only if it begins with `v=DMARC1`, with nothing before it (RFC 9989, section 4.8). One invisible space is enough to have the whole record ignored.
    .fix = Clear the value in the form and type it again without a space at the beginning.

finding-dmarc-quoted = The DMARC record is ignored: quotation marks are part of the data
    .why = The quotation marks of a zone file surround the value without being part of it. Typed into a form that adds them by itself, they end up in the record, which then no longer begins with `v=DMARC1`.
    .fix = Enter the value without quotation marks or backslashes.

finding-dmarc-misspelt = A text published at { $name } resembles a DMARC record but is none
    .why = What stands there is: `{ $found }`. A record begins with `v=DMARC1` and separates its tags by semicolons; otherwise receivers ignore it altogether.
    .fix = Correct the value, after checking the policy (`p=`): once it can be read, it will be applied.

finding-dmarc-look-alike = The DMARC record contains typographic characters ({ $found })
    .why = A word processor or a web page put signs there that resemble the right ones: curly quotation marks, a long dash, a no-break space. Depending on where they stand, receivers ignore the tag concerned or the whole record.
    .fix = Replace the record by its version in plain characters, typed in a plain-text editor. Read the policy (`p=`) again: once it can be read, it will be applied.

finding-dmarc-policy-missing = { $acts ->
        [none] The DMARC record does not say which policy to apply: it acts as `p=none`
       *[nothing] The DMARC record does not say which policy to apply: it is ignored
    }
    .why = { $acts ->
        [none] The tag `p=` is not there. As the report address is valid, receivers act as if you had written `p=none` (RFC 9989, section 4.10.1): you receive reports, but nothing is refused. Without that address they would not apply DMARC at all.
       *[nothing] The tag `p=` is not there, and no valid report address makes up for it: receivers do not apply DMARC at all (RFC 9989, section 4.10.1). With a valid address in `rua=` they would act as if `p=` were `none`.
    }
    .fix = Write the policy right after `v=DMARC1`: `p=none` to begin with, while you read the reports.

finding-dmarc-policy-invalid = The policy `p={ $value }` does not exist: { $acts ->
        [none] it acts as `p=none`
       *[nothing] the record is ignored
    }
    .why = { $acts ->
        [none] The only values are `none`, `quarantine` and `reject`. As the report address is valid, receivers act as if you had written `p=none` (RFC 9989, section 4.10.1): messages that spoof your name are not refused.
       *[nothing] The only values are `none`, `quarantine` and `reject`. Without a valid report address receivers do not apply DMARC at all (RFC 9989, section 4.10.1): it is as if the record did not exist.
    }
    .fix = { $meant ->
        [none] Write `p=none`.
        [quarantine] Write `p=quarantine`, if filing as spam is what you wanted. First make sure that your services pass DMARC: the policy is not applied today.
        [reject] Write `p=reject`, if rejection is what you wanted. First make sure that your services pass DMARC: the policy is not applied today.
       *[other] Write one of the three values: `none` (monitoring), `quarantine` (spam) or `reject` (refusal); to begin with, `p=none`, while you read the reports.
    }

finding-dmarc-subdomain-policy-invalid = The mistake `{ $tag }={ $value }` disarms the whole DMARC record
    .why = { $acts ->
        [none] An unknown value in `{ $tag }=` does not concern subdomains only: receivers act as if the whole record said `p=none` (RFC 9989, section 4.10.1). Nothing tells you so, and { $policy ->
            [quarantine] your policy `p=quarantine` is not applied.
            [reject] your policy `p=reject` is not applied.
           *[other] your subdomains are not protected.
        }
       *[nothing] An unknown value in `{ $tag }=` does not concern subdomains only: without a valid report address receivers do not apply DMARC at all (RFC 9989, section 4.10.1). Nothing tells you so, and { $policy ->
            [quarantine] your policy `p=quarantine` is not applied.
            [reject] your policy `p=reject` is not applied.
           *[other] your subdomains are not protected.
        }
    }
    .fix = { $meant ->
        [none] Write `{ $tag }=none`.
        [quarantine] Write `{ $tag }=quarantine`, if filing as spam is what you wanted.
        [reject] Write `{ $tag }=reject`, if rejection is what you wanted.
       *[other] Give `{ $tag }` one of the values `none`, `quarantine` or `reject`, or remove the tag.
    } { $policy ->
        [quarantine] The whole record (`p=quarantine`) will apply again: first make sure that your services pass DMARC.
        [reject] The whole record (`p=reject`) will apply again: first make sure that your services pass DMARC.
       *[other] First make sure that the subdomains of yours that send pass DMARC.
    }

finding-dmarc-monitoring = Monitoring policy (`p=none`): nothing is refused or filed as spam because of DMARC
    .why = This is the right way to begin: receivers check your messages, send reports if you gave an address, and change nothing in how they handle mail. But a message that spoofs your name arrives like any other.
    .fix = Nothing to change for now. Once a month of reports shows that all your mail passes, ask for `p=quarantine`, then `p=reject`.

finding-dmarc-enforced-without-dkim = { $policy ->
        [reject] Your domain asks for rejection (`p=reject`) but publishes no DKIM key
        [quarantine] Your domain asks for filing as spam (`p=quarantine`) but publishes no DKIM key
       *[other] Your policy is `p={ $policy }`, and your domain publishes no DKIM key
    }
    .why = Your mail rests on SPF alone, unless a service signs it in one of your subdomains. SPF is enough to pass DMARC when the return address belongs to your domain, but it is not enough to rely on: { $policy ->
        [quarantine] after forwarding, or from a service that uses its own return address, the message will probably be filed as spam.
       *[other] after forwarding, or from a service that uses its own return address, the message will probably be refused or filed as spam. The standard asks every domain with `p=reject` for DKIM (RFC 9989, section 7.4).
    }
    .fix = Turn on DKIM at each service that writes in your name. If one of them cannot, in this order: give it a return address in your domain; otherwise a subdomain of its own; otherwise hold its mail. As a last resort, and for a limited time only, change to `p=none`, writing into `sp=` and `np=` the policy that holds for subdomains today.

finding-dmarc-enforced-without-both = { $policy ->
        [reject] Your domain asks for rejection (`p=reject`) without a DKIM key or a usable SPF record
        [quarantine] Your domain asks for filing as spam (`p=quarantine`) without a DKIM key or a usable SPF record
       *[other] Your policy is `p={ $policy }`, without a DKIM key or a usable SPF record
    }
    .why = Nothing that { $domain } publishes lets a message pass DMARC, unless its signature or its return address is in one of your subdomains. { $policy ->
        [quarantine] It will probably be filed as spam.
       *[other] It will probably be refused or filed as spam.
    }
    .fix = If this domain sends no mail, say so with `v=spf1 -all`: the policy is then the right one. Otherwise turn on DKIM at each service that writes in your name, and correct SPF. As a last resort, and for a limited time only, change to `p=none`, writing into `sp=` and `np=` the policy that holds for subdomains today.

finding-dmarc-subdomains-weaker = Subdomains are less protected (`sp={ $sp }`) than the domain (`p={ $policy }`)
    .why = A fraudster has only to write from a subdomain: { $sp ->
        [none] nothing is refused there.
       *[other] the treatment asked for there is milder.
    }
    .fix = Once you know that the subdomains of yours that send pass DMARC, remove `sp=` (subdomains then follow `p={ $policy }`). A subdomain that is not ready can have a `_dmarc` record of its own.

finding-dmarc-nonexistent-weaker = Subdomains that do not exist are less protected (`np={ $np }`)
    .why = No legitimate mail comes from a name that does not exist in the DNS, which makes it the ideal name for a fraudster. Existing subdomains are under `{ $policy }`.
    .fix = Remove `np=`, or write `np=reject`.

finding-dmarc-pct-removed = The tag `pct={ $value }` is no longer part of DMARC
    .why = Up-to-date receivers ignore it and apply the policy to all messages that fail (RFC 9989, appendix A.6); the others (RFC 7489) apply it only to the share given. The same message may thus be treated in two ways.
    .fix = Remove `pct`. If you are not ready to see the policy applied to all your mail, lower it by one level (`quarantine` instead of `reject`, `none` instead of `quarantine`) for a limited time.

finding-dmarc-removed-tags = Tags removed from DMARC: { $tags }
    .why = The revision of 2026 no longer knows them (RFC 9989, appendix C.5.2). Up-to-date receivers ignore them; the rest of the record applies.
    .fix = Remove them at the next opportunity.

finding-dmarc-testing = Test mode (`t=y`): two receivers may treat the same message differently
    .why = Up-to-date receivers (RFC 9989) apply one level less: `{ $effective }` instead of `{ $policy }`. The others (RFC 7489) do not know `t` and apply `{ $policy }`.
    .fix = To be protected everywhere, remove `t=y`. To be refused nowhere during the test, write `p={ $effective }`, which everybody understands.

finding-dmarc-junk = A part of the DMARC record cannot be read
    .why = Receivers ignore what they do not understand and take the default value instead (RFC 9989, section 4.8). Here: `{ $parts }`.
    .fix = Correct or remove this part. Each tag is written `name=value` and ends with a semicolon.

finding-dmarc-unknown-tag = The tag `{ $tag }` does not exist in DMARC
    .why = { $suggestion ->
        [p] Receivers ignore it (RFC 9989, section 4.7). You probably meant `p`: the policy, which is thus not read.
        [sp] Receivers ignore it (RFC 9989, section 4.7). You probably meant `sp`: the policy for subdomains.
        [np] Receivers ignore it (RFC 9989, section 4.7). You probably meant `np`: the policy for subdomains that do not exist.
        [adkim] Receivers ignore it (RFC 9989, section 4.7). You probably meant `adkim`: DKIM alignment.
        [aspf] Receivers ignore it (RFC 9989, section 4.7). You probably meant `aspf`: SPF alignment.
        [rua] Receivers ignore it (RFC 9989, section 4.7). You probably meant `rua`: the address for aggregate reports, which is thus not read.
        [ruf] Receivers ignore it (RFC 9989, section 4.7). You probably meant `ruf`: the address for failure reports.
        [fo] Receivers ignore it (RFC 9989, section 4.7). You probably meant `fo`: the choice of failure reports.
        [psd] Receivers ignore it (RFC 9989, section 4.7). You probably meant `psd`: the nature of the domain.
        [t] Receivers ignore it (RFC 9989, section 4.7). You probably meant `t`: test mode.
       *[other] Receivers ignore it (RFC 9989, section 4.7); the rest of the record applies. { EMPTY($suggestion) ->
            [no] You probably meant `{ $suggestion }`.
           *[yes] No known tag is close to it.
        }
    }
    .fix = Correct the name of the tag if it was mistyped; otherwise remove it.

finding-dmarc-duplicate-tag = The tag `{ $tag }` of the DMARC record stands there more than once
    .why = The standard allows each tag once (RFC 6376, section 3.2). Depending on the receiver, the first value counts, the last one, or nothing of the record at all.
    .fix = Keep only the value you want.

finding-dmarc-strict-alignment = Strict alignment: { $tags }
    .why = With strict alignment the domain of the signature (`adkim=s`) or of the return address (`aspf=s`) has to be exactly that of the displayed sender address; a subdomain no longer counts. That is often deliberate. What is lost is the spare support: with `aspf=s`, for example, a service whose return address is at em.{ $domain } rests on its signature alone.
    .fix = If all your services pass: nothing to change. Otherwise relax (`r`) only the tag that costs a service its last support.

finding-dmarc-no-reports = No address for DMARC reports
    .why = Without `rua=` receivers send no aggregate reports: you see neither the legitimate messages that fail nor those that spoof your name.
    .fix = Add `rua=mailto:` and an address kept for this purpose: the reports are many, and are read with a tool.

finding-dmarc-report-address-invalid = The report address `{ $value }` cannot be used
    .why = { $tag ->
        [rua] Each address in `rua=` has to be written as a link, with `mailto:` first. Receivers ignore this one: aggregate reports do not get there.
        [ruf] Each address in `ruf=` has to be written as a link, with `mailto:` first. Receivers ignore this one: failure reports do not get there.
       *[other] Each report address has to be written as a link, with `mailto:` first. Receivers ignore this one.
    }
    .fix = Write each address in the form `mailto:name@domain`, and separate several addresses by commas.

finding-dmarc-reports-not-authorised = { $destination } has not agreed to receive your reports
    .why = The address given in `{ $tag }=` is in another organization’s domain. That organization has to say in its own DNS that it agrees, or receivers send nothing to this address (RFC 9990, section 4). { EMPTY($record) ->
        [yes] The name at which to say so is too long for the DNS.
       *[no] There is no suitable record at { $record }.
    }
    .fix = Ask { $destination } to publish this consent, a TXT record in its own DNS, or give an address in your domain.

finding-dmarc-many-report-addresses = { $count } report addresses: some receivers serve only two
    .why = The older standard guarantees two addresses only (RFC 7489, section 6.2); the third and those after it may receive nothing.
    .fix = Put the two addresses that matter first, or collect the reports in one mailbox that passes them on.

finding-dmarc-report-size-suffix = The report address `{ $value }` has a size limit, which is obsolete
    .why = The suffix after the exclamation mark (for example `!10m`) is an obsolete form (RFC 9989, section 4.8). Up-to-date receivers ignore it and send the whole report.
    .fix = Remove the exclamation mark and what follows it.

finding-dmarc-failure-options-unused = The tag `fo={ $value }` does nothing without `ruf=`
    .why = It chooses which failure reports are sent, but no address is given for them: receivers ignore it (RFC 9989, section 4.7).
    .fix = Remove `fo`, or add `ruf=mailto:` and an address, knowing that few receivers send such reports.

finding-dmarc-inherited = The policy of { $domain } comes from { $policy_domain }: `{ $tag }={ $policy }`
    .why = { $tag ->
        [sp] { $domain } has no DMARC record of its own. Receivers apply that of { $policy_domain } to it, and in that record `sp`, the policy for subdomains.
        [np] { $domain } has no DMARC record of its own and does not exist in the DNS. Receivers apply the record of { $policy_domain } to it, and in that record `np`, the policy for subdomains that do not exist.
       *[p] { $domain } has no DMARC record of its own. Receivers apply that of { $policy_domain } to it, and in that record `p`, as nothing is said there about subdomains.
    }
    .fix = If this is what you want: nothing to change. For a policy of its own, publish a record at _dmarc.{ $domain }.

finding-dmarc-discovery-differs = The organization’s domain, or its policy, differs from one receiver to the next
    .why = Up-to-date receivers (RFC 9989) walk up the names of the DNS and take { $walk } for the organization’s domain; the others (RFC 7489) consult the public suffix list and take { $list }. The policy found or the alignment may therefore change from one to the next.
    .fix = Publish a DMARC record at each domain you send from and at the organization’s domain. With strict alignment in addition the difference disappears (RFC 9989, appendix C.3).

finding-dmarc-psd-unexpected = The DMARC record declares a public suffix (`psd=y`)
    .why = This tag is for names beneath which others register their domains, such as `fr` or `co.uk`. Here it makes each of your subdomains look like another organization: relaxed alignment no longer works between them.
    .fix = Remove `psd=y`.

finding-dmarc-unrelated-text = { $count ->
        [one] Another text stands beside the DMARC record
       *[other] { $count } other texts stand beside the DMARC record
    }
    .why = Receivers discard them (RFC 9989, section 4.10), and the DMARC record applies. A few tools are misled by them.
    .fix = Delete from { $name } whatever is not DMARC; a verification token generally belongs at the domain itself.

finding-dmarc-dangling = The alias { $name } leads to a name without a DMARC record
    .why = The alias (CNAME) leads to { $target }, where there is no DMARC record: nothing is asked of receivers, and no report is sent. Either the target was mistyped, or the contract with this service has ended.
    .fix = If the service is still yours, copy the target that it shows. Otherwise delete the alias and publish a record of your own.

finding-dmarc-enforced = { $policy ->
        [reject] Policy of rejection (`p=reject`) in force
        [quarantine] Policy of filing as spam (`p=quarantine`) in force
       *[other] Policy `p={ $policy }` in force
    }
    .why = { $policy ->
        [quarantine] A message in your name that has neither a valid signature nor an authorised return address in your domain is generally filed as spam.
       *[other] A message in your name that has neither a valid signature nor an authorised return address in your domain is refused or filed as spam. The receiver decides: it must not refuse merely because of `p=reject` (RFC 9989, section 7.4).
    }
    .fix = Nothing to change.
