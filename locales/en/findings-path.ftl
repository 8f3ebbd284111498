### Sending paths: the mail of one service. Arguments everywhere: $domain, $name, $sender (empty when nobody knows the service).

finding-path-refused = { $cause ->
        [strict] Strict alignment leaves mail sent by { verdict-part-by } without support
       *[other] Mail sent by { verdict-part-by } has no support
    }, and the domain asks to { $policy ->
        [quarantine] file it as spam
       *[reject] refuse it
    }
    .why = { path-part-dkim }; { path-part-spf }. So nothing proves to receivers that this mail comes from { $domain }: it looks like spoofing, and the policy { $policy ->
        [quarantine] (`quarantine`) asks to file it as spam
       *[reject] (`reject`) asks to refuse it; some receivers file it as spam instead
    }.
    .fix = { path-part-first } Failing that, hold this mail back, or send it from a subdomain that has a `_dmarc` record of its own. Do not lower the policy of the whole domain for one service.

finding-path-unauthenticated = { $cause ->
        [strict] Strict alignment leaves mail sent by { verdict-part-by } without support
       *[other] Mail sent by { verdict-part-by } has no support
    }
    .why = { path-part-dkim }; { path-part-spf }. So nothing proves to receivers that this mail comes from { $domain }. No policy asks to keep it out, but some receivers, La Poste among them, file it as spam, and it would fail as soon as a policy asked for refusal.
    .fix = { path-part-first }

finding-path-no-key = { $records ->
        [yes] The DKIM key that { verdict-part-service } signs with is not at its selectors
       *[no] No usable DKIM key at the selectors { verdict-part-of }
    }{ EMPTY($list) ->
        [yes] {""}
       *[no] {" "}({ $list })
    }
    .why = Without its key at these selectors, no signature made for your domain can be checked. The signature is the better support: as a rule it survives forwarding, which the return address does not.
    .fix = { $records ->
        [yes] The part “{ card-records }” names the records of this key and shows their values: publish them exactly as they are.
       *[no] In the settings { verdict-part-of }, on the page about authenticating your domain, find the records it asks for and publish them at your DNS host exactly as they are.
    }

finding-path-selectors-unknown = The DKIM selectors { verdict-part-of } are not known
    .why = { EMPTY($list) ->
        [yes] This service gives each account selectors of its own, and selectors cannot be listed.
       *[no] Nothing was found at the usual selectors ({ $list }); your account may have others, and selectors cannot be listed.
    } Until they are named, nobody can tell whether the key is published.
    .fix = Find them in the settings of the service, or in the DKIM-Signature header of a message you received (tag `s=`), and ask again with `--signed-by { $domain }:SELECTOR`.

finding-path-signature-not-aligned = { $alignment ->
        [strict] Strict alignment (`adkim=s`) rules out the signature, which is made for { $dkim_domain }
       *[relaxed] The signature is made for { $dkim_domain }, which proves nothing for { $domain }
    }
    .why = { $alignment ->
        [strict] DMARC compares the signing domain (`d=`) with that of the displayed sender address. With `adkim=s` both names must be identical.
       *[relaxed] DMARC compares the signing domain (`d=`) with that of the displayed sender address. These two names do not belong to the same organization, so the signature does not count, valid or not.
    }
    .fix = { $alignment ->
        [strict] Ask the service to sign for { $domain } itself. If it cannot, remove `adkim=s`: relaxed alignment accepts subdomains.
       *[relaxed] Switch on the authentication of your domain in the service, so that it signs for { $domain }, and publish the key it gives you.
    }

finding-path-return-path-foreign = { $relation ->
        [apart] The return address ({ $mail_from }) counts as another organization than { $domain }
       *[foreign] { EMPTY($mail_from) ->
            [yes] The return address is the service’s and not in your domain
           *[no] The return address ({ $mail_from }) is not in your domain
        }
    }
    .why = SPF checks the domain of the return address (RFC5321.MailFrom), and DMARC compares it with { $domain }. { $relation ->
        [apart] The DMARC records met on the way up from both names make them two organizations, so SPF cannot be a support.
       *[foreign] As long as it belongs to another organization, SPF cannot be a support, whatever your own SPF record says: adding this service to it would change nothing.
    }
    .fix = If { verdict-part-by } allows a return address in your domain (often called “return path”, “bounce domain” or “mail server domain”), set it up: your mail then has a spare. Otherwise the DKIM signature is enough; nothing to change.

finding-path-return-path-strict = Strict alignment (`aspf=s`) rules out the return address ({ $mail_from })
    .why = With `aspf=s` the return address counts only if its domain is exactly { $domain }. This one is in a subdomain: SPF may be valid, DMARC takes no notice.
    .fix = If this is deliberate and the DKIM signature counts, change nothing. To have this spare back, remove `aspf=s`: the record becomes `{ $fixed }`

finding-path-not-authorised = The SPF record of { $mail_from } does not allow this mail (result: { $result })
    .why = { $result ->
        [none] The domain of the return address has no SPF record, so this check cannot be a support.
        [permerror] The SPF record of the domain of the return address cannot be evaluated: nobody is allowed.
       *[other] Receivers ask the SPF record of the return address whether this server may send. It says no, or says nothing.
    }
    .fix = { $result ->
        [permerror] Correct that record first; the findings about SPF say how.
       *[other] If the service really sends with this return address, add the term it names to that record, before `all`. There must be only one record at a name.
    }

finding-path-dkim-only = Mail sent by { verdict-part-by } rests on its DKIM signature alone
    .why = DMARC passes, but the return address is no spare. What changes a message on its way (a mailing list, a virus scanner) may break its signature, and then it has no support left.
    .fix = { $records ->
        [yes] The part “{ card-records }” names the record of the return address and shows what belongs there: publish it.
       *[no] { $spf ->
            [foreign] There is no hurry. If the service allows a return address in your domain, set it up.
           *[other] There is no hurry. The finding about the return address says how to have this spare back.
        }
    }

finding-path-spf-only = Mail sent by { verdict-part-by } rests on its return address (SPF) alone
    .why = DMARC passes, but no signature counts as a spare. Forwarding to another mailbox generally breaks SPF: the message then has no support left, and a policy that is enforced has it refused or filed as spam. A domain that asks for rejection must not rely on SPF alone (RFC 9989, section 8).
    .fix = { $dkim ->
        [no-key] { $records ->
            [yes] The part “{ card-records }” names the records of the DKIM key and shows their values: publish them.
           *[no] Publish the DKIM key that the service gave you.
        }
       *[other] Have the service sign for { $domain } itself; the finding about the signature says more.
    }

finding-path-readings-differ = Mail sent by { verdict-part-by } passes by { $passes } and fails by { $fails }
    .why = The two documents differ in how they find the organization that a name belongs to: RFC 7489 follows a list of public suffixes, RFC 9989 follows the DMARC records on the way up the names. Receivers move from one to the other at their own pace; until then the same mail is accepted here and refused there.
    .fix = Have this mail signed for, and returned to, { $domain } itself: identical names are aligned in both readings. Or publish a DMARC record at the domain of your organization, without a `psd` tag.

finding-path-receiver-stricter = { $receiver } asks more than DMARC of mail sent by { verdict-part-by }
    .why = { $rule ->
        [spf-and-dkim] This receiver wants both SPF and DKIM to be valid; here one of them is not, so it probably refuses this mail although DMARC passes.
        [spf-or-dkim] This receiver wants SPF or DKIM to be valid, and neither is here.
        [aligned-leg] This receiver wants a support that is aligned with the displayed sender address.
        [dmarc-record] This receiver wants a DMARC policy, be it `none`.
        [spf-not-fail] This receiver refuses what the SPF record of the return address excludes, although DMARC passes by the signature.
       *[other] This receiver has stricter rules, and probably refuses this mail or files it as spam.
    }
    .fix = Restore the support that is lacking: the other findings about this mail say which one, and how.

finding-path-include-unused = Your SPF record includes { verdict-part-by } for nothing: `{ $include }`
    .why = This service always sends with a return address of its own. So receivers never look at your SPF record for its mail; the term only costs look-ups, of which ten are allowed in all.
    .fix = You may remove this term. What authenticates this service’s mail is its DKIM key; keep that.

finding-path-ready = Mail sent by { verdict-part-by } has both its supports
    .why = Return address and signature both belong to { $domain }: should one fail, the other is enough.
    .fix = Nothing to change.
