# The trace of one message: the verdict, the steps, and `garant trace`.

## The verdict: one sentence. The arguments are those of check's trace verdict.

trace-verdict-passes-both = This message proves that it comes from { $domain }, by SPF and by DKIM: DMARC passes{ $policy ->
    [none] .
   *[other] , and receivers have no reason to apply the policy (`{ $tag }={ $published }`).
}
trace-verdict-passes-by-dkim = This message proves that it comes from { $domain } by its DKIM signature{ $ed25519 ->
    [yes] {" "}alone, and that signature is of a kind (Ed25519) that many receivers do not verify.
   *[no] { $spf ->
        [unevaluated] : DMARC passes. SPF could not be evaluated: { trace-part-unevaluated }.
        [unanswered] : DMARC passes. { trace-part-spf }.
        [unknown] : DMARC passes. { trace-part-spf }.
       *[other] : DMARC passes. { trace-part-spf }, so the signature is its only support: whatever changes the message on its way breaks it.
    }
}
trace-verdict-passes-by-spf = This message proves that it comes from { $domain } by SPF{ $dkim ->
    [over-limit] : DMARC passes. Whether DKIM supports it too could not be told: { trace-part-dkim }.
    [no-body] : DMARC passes. Whether DKIM supports it too could not be told: only its header is here, and its signature covers the body.
    [no-answer] : DMARC passes. Whether DKIM supports it too could not be told: { trace-part-dkim }.
    [unknown] : DMARC passes. Whether DKIM supports it too could not be told: an answer from the DNS did not come.
   *[other] {" "}alone: DMARC passes, but { trace-part-dkim }. Forwarding is enough to break that{ $policy ->
        [none] .
       *[other] , and the policy (`{ $tag }={ $published }`) then bites.
    }
}
trace-verdict-fails = { $policy ->
    [reject] This message will probably be refused or filed as spam, because { trace-part-dkim }, and { trace-part-spf-also }; { $domain } then asks for rejection (`{ $tag }={ $published }`).
    [quarantine] This message will probably be filed as spam, because { trace-part-dkim }, and { trace-part-spf-also }; { $domain } then asks for it (`{ $tag }={ $published }`{ $testing ->
        [yes] , lowered by `t=y`
       *[no] {""}
    }).{ $testing ->
        [yes] {" "}Many receivers still go by RFC 7489: they ignore `t=y`, and refuse.
       *[no] {""}
    }
   *[none] Nothing ties this message to { $domain }: nobody asks for its refusal, but some receivers file such mail as spam; DMARC fails, because { trace-part-dkim }, and { trace-part-spf-also }.{ $testing ->
        [yes] {" "}Many receivers still go by RFC 7489: they ignore `t=y`, and file it as spam (`{ $tag }={ $published }`).
       *[no] {""}
    }
}
trace-verdict-readings-differ = This message passes at receivers that follow { $passes } and fails at those that follow { $fails }: the two do not tie the same names to the organization of { $domain }.
trace-verdict-no-policy = No DMARC policy applies to { $domain }, so DMARC says nothing of this message. { $legs ->
    [both] SPF and DKIM both prove where it comes from.
    [dkim] Its DKIM signature proves where it comes from.
    [spf] SPF proves where it comes from.
    [none] Neither does anything else: { trace-part-dkim }, and { trace-part-spf-also }.
   *[unknown] Whether SPF or DKIM prove where it comes from could not be told.
}
trace-verdict-no-author = { $problem ->
    [no-from] This message has no From field: there is no author whose domain could be checked, and many receivers refuse such mail. If this is only a piece of the message, or what a mail program shows of it, give its whole source.
    [several-from] This message has several From fields: nobody can say which of them readers will see, DMARC cannot be applied, and many receivers refuse such mail.
    [several-domains] The From field of this message names authors in several domains: DMARC applies to exactly one, and many receivers refuse such mail.
   *[no-address] The From field of this message holds no address that can be read: DMARC cannot be applied, and many receivers refuse such mail.
}
trace-verdict-unknown = Whether this message passes DMARC for { $domain } could not be told: { $open ->
    [no-answer] an answer from the DNS that decides did not come. This says nothing against the message.
    [no-body] only its header is here, and its signature covers the body too.
    [over-limit] { trace-part-dkim }, and one of those that were left aside may count.
    [both] only its header is here, while its signature covers the body too, and SPF could not be evaluated: { trace-part-unevaluated }.
   *[unevaluated] { trace-part-dkim }, and SPF could not be evaluated: { trace-part-unevaluated }.
}

## Parts of sentences. $dkim, $spf: why each does not count.

trace-part-dkim = { $dkim ->
    [no-signature] it bears no DKIM signature
    [foreign] its signature is made for another domain ({ $dkim_domain })
    [foreign-failed] its signature is made for another domain ({ $dkim_domain }), and does not pass either
    [strict] `adkim=s` keeps its signature, made for { $dkim_domain }, from counting
    [apart] its signature, made for { $dkim_domain }, counts as another organization’s
    [body-changed] its signature fails: the body was changed after it was signed
    [body-too-short] its signature fails: a part of the signed body was cut off
    [header-changed] its signature fails: the header was changed after it was signed, or another key signed it
    [no-key] no key stands at the name that its signature gives ({ $selector }._domainkey.{ $dkim_domain })
    [revoked] the key of its signature was withdrawn
    [bad-key] the key of its signature cannot be used
    [key-too-short] the key of its signature is too short for receivers to accept
    [key-type-mismatch] the key of its signature is of another type than the signature
    [hash-not-allowed] the key of its signature excludes the way in which it was signed
    [service-not-allowed] the key of its signature excludes mail
    [sha1] its signature uses SHA-1, which receivers must not accept
    [expired] its signature has expired
    [from-future] its signature bears a time in the future
    [no-answer] the key of its signature could not be had, because the DNS did not answer
    [no-body] its signature covers the body, which is not here
    [over-limit] it bears more signatures than are looked at
    [counts] its signature counts
    [unknown] whether its signature counts could not be told
   *[other] its signature is not as it must be, so it cannot be checked
}
trace-part-spf = { $identity ->
    [helo] { $spf ->
        [foreign] The return address is empty, and the name of the sending server (HELO, { $mail_from }) is another domain’s
        [strict] `aspf=s` keeps the name of the sending server (HELO, { $mail_from }), which stands for the empty return address, from counting
        [apart] The name of the sending server (HELO, { $mail_from }), which stands for the empty return address, counts as another organization’s
        [not-authorised] SPF does not pass for the name of the sending server (HELO, { $mail_from }: `{ $spf_result }`), which stands for the empty return address
        [unanswered] The DNS did not say whether SPF passes for the name of the sending server (HELO, { $mail_from }), which stands for the empty return address
        [unevaluated] SPF could not be evaluated
        [counts] The name of the sending server (HELO) counts
       *[unknown] Whether the name of the sending server (HELO) counts could not be told
    }
   *[other] { $spf ->
        [foreign] The return address ({ $mail_from }) is another domain’s
        [strict] `aspf=s` keeps the return address ({ $mail_from }) from counting
        [apart] The return address ({ $mail_from }) counts as another organization’s
        [not-authorised] SPF does not pass for the return address ({ $mail_from }: `{ $spf_result }`)
        [unanswered] The DNS did not say whether SPF passes for the return address ({ $mail_from })
        [unevaluated] SPF could not be evaluated
        [counts] The return address counts
       *[unknown] Whether the return address counts could not be told
    }
}
trace-part-spf-also = { $identity ->
    [helo] { $spf ->
        [foreign] the return address is empty, and the name of the sending server (HELO, { $mail_from }) is another domain’s
        [strict] `aspf=s` keeps the name of the sending server (HELO, { $mail_from }), which stands for the empty return address, from counting
        [apart] the name of the sending server (HELO, { $mail_from }), which stands for the empty return address, counts as another organization’s
        [not-authorised] SPF does not pass for the name of the sending server (HELO, { $mail_from }: `{ $spf_result }`), which stands for the empty return address
        [unanswered] the DNS did not say whether SPF passes for the name of the sending server (HELO, { $mail_from }), which stands for the empty return address
        [unevaluated] SPF could not be evaluated
        [counts] the name of the sending server (HELO) counts
       *[unknown] whether the name of the sending server (HELO) counts could not be told
    }
   *[other] { $spf ->
        [foreign] the return address ({ $mail_from }) is another domain’s
        [strict] `aspf=s` keeps the return address ({ $mail_from }) from counting
        [apart] the return address ({ $mail_from }) counts as another organization’s
        [not-authorised] SPF does not pass for the return address ({ $mail_from }: `{ $spf_result }`)
        [unanswered] the DNS did not say whether SPF passes for the return address ({ $mail_from })
        [unevaluated] SPF could not be evaluated
        [counts] the return address counts
       *[unknown] whether the return address counts could not be told
    }
}
trace-part-unevaluated = { $unevaluated ->
    [no-client] the address of the sending server is not known
    [no-mail-from] the return address (MAIL FROM) is not known
   *[no-helo] the return address is empty, and the name of the sending server (HELO) is not known
}

## What to do first.

trace-first-one-domain = Write one author into From, or authors of one domain only; name whoever sends the message for them in Sender.
trace-first-one-from = Have the program that wrote this message put exactly one From field with one address into it.
trace-first-rsa-beside = Sign with an RSA key besides, under a selector of its own.
trace-first-return-path = Where the service allows it, set up a return address in a subdomain of { $domain }: then SPF is a second support.
trace-first-return-path-strict = Remove `aspf=s` from the policy record and nothing else, if the return address shall be a second support. Strict may be deliberate: then leave it.
trace-first-authorise = Forwarding is enough to make SPF fail. If the message came directly, add the sending server to the SPF record of { $mail_from }, provided that it may send in this name.
trace-first-state-client = Say which server handed the message over and with which return address; the Received and Return-Path fields of a message as it was received show both.
trace-first-one-organization = Publish a DMARC record at the organization’s own domain and at { $domain }, so that both documents find the same names.
trace-first-publish-policy = Publish a DMARC record at _dmarc.{ $domain }; `v=DMARC1; p=none; rua=mailto:…` changes nothing yet and brings reports.
trace-first-whole-message = Give the whole message, header and body, as it was received.
trace-first-bounce = This message reports what became of another one: give it to the reading of bounces (`garant bounce`, page /bounce), which says why and what to do. What follows judges the report alone.
trace-first-not-asked = Nobody was asked for an answer of the DNS: run this again without `--offline` or `--replay`, or give the zone that lacks too (`--zone`).
trace-first-ask-again = Ask again in a few minutes.
trace-first-sign =
    { $legs ->
        [none] If this message does come from you, have it signed with DKIM for { $domain }, and publish the key that the sending service gives you. If it does not, somebody is spoofing you: { $policy ->
            [none] only a policy stricter than `none` will have that turned away.
           *[other] the policy already asks for that to be turned away, and there is nothing to change.
        }
       *[other] Have this mail signed with DKIM for { $domain }, and publish the key that the sending service gives you.
    }
trace-first-sign-own =
    { $legs ->
        [none] If you use the service that sends these messages, switch on the authentication of { $domain } in its settings, so that it signs for { $domain }, and publish the records that it then shows. If these messages are not yours, somebody is spoofing you: { $policy ->
            [none] only a policy stricter than `none` will have that turned away.
           *[other] the policy already asks for that to be turned away, and there is nothing to change.
        }
       *[other] Switch on the authentication of { $domain } in the settings of the service that sends this mail, so that it signs for { $domain }, and publish the records that it then shows.
    }
trace-first-sign-strict = Have this mail signed for { $domain } itself. If that cannot be done, remove `adkim=s` and nothing else.
trace-first-publish-key = Publish the key at { $selector }._domainkey.{ $dkim_domain } with the value that the sending service gives you.
trace-first-renew-key = The key at { $selector }._domainkey.{ $dkim_domain } was withdrawn: do not publish it again. Ask the sending service for a new key, or for the selector that it signs with now.
trace-first-own-address = Write from an address in a domain of your own, and have the mail signed for it; only the provider of { $domain } can sign for its addresses. Otherwise send through that provider’s mail.
trace-first-repair-key = Correct the key at { $selector }._domainkey.{ $dkim_domain }; the check of the domain shows what is wrong with it.
trace-first-longer-key = Sign with a key of 2,048 bits, under another selector.
trace-first-sha256 = Have the signing program use rsa-sha256 in place of rsa-sha1.
trace-first-unchanged = Nothing to change in the DNS: find out what changed the message after it was signed. A mailing list that adds a footer, a gateway that marks subjects or links, and a program that signs too early are the usual ones.
trace-first-signing-time = Correct the clock of the signing server, or let signatures last longer.
trace-first-signer = Correct the settings of the program that signs: its signature is not well formed.

## Why a signature does not pass.

trace-failure-malformed = the field cannot be read
trace-failure-tag-absent = the tag `{ $detail }=` is not there
trace-failure-tag-invalid = the tag `{ $detail }=` has a value that it must not have
trace-failure-unknown-algorithm = its algorithm is not known
trace-failure-sha1 = it uses SHA-1, which receivers must not accept
trace-failure-from-not-signed = it does not cover the From field
trace-failure-identity-outside-domain = its `i=` is not within its `d=`
trace-failure-identity-beneath-domain = its `i=` is beneath its `d=`, which the key forbids (`t=s`)
trace-failure-expired = it has expired
trace-failure-from-future = it bears a time in the future
trace-failure-body-too-short = a part of the signed body was cut off
trace-failure-body-changed = the body was changed after it was signed
trace-failure-header-changed = the header was changed after it was signed, or another key signed it
trace-failure-no-key = no key stands there
trace-failure-bad-key = what stands there cannot be used as a key
trace-failure-revoked = the key was withdrawn (`p=` is empty)
trace-failure-key-too-short = the key has { $detail } bits, fewer than the 1,024 that receivers ask for
trace-failure-key-type-mismatch = the key is of another type than the signature
trace-failure-hash-not-allowed = the key excludes the way in which it was signed (`h=`)
trace-failure-service-not-allowed = the key excludes mail (`s=`)
trace-failure-no-answer = the DNS did not answer
trace-failure-over-limit = there are too many signatures; this one was left alone
trace-failure-author = the message has no single author for whom it could speak

## What was done to a message after it was signed.

trace-change-header-intact = the signed header fields are as they were signed
trace-change-footer = { $detail } octets were appended, as a mailing list or a gateway appends its footer
trace-change-banner = { $detail } octets were put at the top, as a gateway puts its warning
trace-change-part-added = a part was added, as mailing lists add their footer
trace-change-wrapped = the message was wrapped as one part of a new one
trace-change-from-escaped = `>` was put before lines that begin with “From ”, as mailbox files need it
trace-change-dots-doubled = lines that begin with a dot have got one more
trace-change-white-space = white space was added
trace-change-line-ends = line ends were changed
trace-change-re-encoded = the body has got another transfer encoding
trace-change-subject-tag = the tag “{ $detail }” was put into the subject
trace-change-from-rewritten = the author was replaced; it may have been { $detail } before
trace-change-field-added = the field { $detail } was added
trace-change-field-replaced = the field { $detail } was replaced
trace-change-copy-differs = the field { $detail } is not as the signer copied it
trace-change-mailing-list = a mailing list passed the message on{ $detail ->
    [none] {""}
   *[other] {" "}({ $detail })
}
trace-change-resent = somebody passed the message on (Resent fields)
trace-changes-computed = What was done to it, as undoing it proves
trace-changes-typical = What the message shows besides

## Why an ARC chain fails. $instance: the set.

trace-arc-failure-too-many-sets = it has too many sets
trace-arc-failure-no-instance = one of its fields does not say to which set it belongs
trace-arc-failure-sealed-as-failed = whoever sealed it last says that it was broken already
trace-arc-failure-field-absent = set { $instance } lacks one of its fields
trace-arc-failure-field-twice = set { $instance } has one of its fields twice
trace-arc-failure-chain-value = set { $instance } does not say rightly how the chain stood before it
trace-arc-failure-message-signature = the message was changed after set { $instance } was added, or the key of that set cannot be used
trace-arc-failure-seal = the seal of set { $instance } does not hold

## Why SPF comes to its result.

trace-spf-reason-not-a-domain = the name is no domain
trace-spf-reason-no-record = { $decided_by } has no SPF record
trace-spf-reason-matched = `{ $term }` in the record of { $decided_by } fits the address
trace-spf-reason-no-match = nothing in the record of { $decided_by } fits the address
trace-spf-reason-multiple-records = { $decided_by } has several SPF records
trace-spf-reason-syntax = `{ $term }` in the record of { $decided_by } cannot be read
trace-spf-reason-include-without-record = `{ $term }` in the record of { $decided_by } names a domain without SPF record
trace-spf-reason-redirect-without-record = `{ $term }` in the record of { $decided_by } leads to a domain without SPF record
trace-spf-reason-too-many-lookups = it needs more than 10 look-ups, at `{ $term }` of { $decided_by }
trace-spf-reason-too-many-voids = more than 2 of its look-ups find nothing, at `{ $term }` of { $decided_by }
trace-spf-reason-too-many-exchanges = `{ $term }` in the record of { $decided_by } meets more than 10 mail servers
trace-spf-reason-no-answer = the DNS did not answer a question about { $decided_by }

## Why what the message says about its client may not be so.

trace-doubt-no-received = The message has no Received field.
trace-doubt-receiver-not-found = No Received field is of the receiver that you named.
trace-doubt-no-public-client = No Received field names a client from outside.
trace-doubt-receiver-unnamed = The receiving server does not say its full name, so its own fields cannot be told from others’.
trace-doubt-same-organization = By its name, the client belongs to the receiver itself.
trace-doubt-submission = The client logged in, so it is whoever wrote the message: SPF is not about it.
trace-doubt-disagreement = The receiver’s fields name different clients.

## The steps. The title, and what came of it.

trace-author = Who wrote the message
    .text = { $problem ->
        [no-from] There is no From field, so there is no Author Domain.
        [several-from] { $count } From fields stand in the message; one is allowed. Nobody can say which of them readers see, so DMARC is not applied.
        [no-address] The From field holds no address that can be read, so there is no Author Domain.
        [several-domains] From names { $address }, in several domains. DMARC applies to exactly one, so it is not applied.
       *[none] From is { $address }, so the domain that must be proven is { $domain } (Author Domain).
    }
trace-connection = Who handed it over
    .text = { $ip ->
        [none] The address of the sending server is not known
       *[other] The sending server has the address { $ip }
    }{ $helo ->
        [none] {""}
       *[other] , it called itself { $helo }
    }; { $mail_from ->
        [none] the return address (MAIL FROM) is not known.
       *[other] the return address (MAIL FROM) is { $mail_from }.
    }
trace-spf = SPF: may this server use this return address?
    .text = { $unevaluated ->
        [no] { $identity ->
            [helo] The return address is empty, so SPF is asked about the server’s name { $mail_from }.
           *[other] SPF is asked whether { $ip } may send for { $mail_from }.
        } The result is `{ $result }`: { $why }.
       *[other] SPF was not evaluated, because { $why }. That is no failure.
    }
trace-no-signature = DKIM: no signature
    .text = The message bears no DKIM-Signature field, so DKIM proves nothing.
trace-signature = { $dkim_domain ->
        [none] DKIM: a signature that names no domain
       *[other] DKIM: a signature of { $dkim_domain }
    }
    .text = { $failure ->
        [none] The field says: signed for { $dkim_domain }, with the key { $selector }, by { $algorithm } over { $fields }.{ $expired_since ->
            [yes] {" "}It has expired since; it was judged for the time at which the message was received.
           *[no] {""}
        }
       *[other] The signature does not count: { $why }.
    }
trace-key = DKIM: its key
    .text = { $failure ->
        [none] The key at { $key_name } is there: { $key_algorithm }, { $bits } bits.{ $testing ->
            [yes] {" "}Its owner is testing (`t=y`): some receivers take such mail as unsigned.
           *[no] {""}
        }
       *[other] At { $key_name }: { $why }.
    }
trace-body-hash = DKIM: the body
    .text = { $known ->
        [no] Only the header is here, so whether the body is what was signed cannot be told. That is no failure.
       *[yes] { $failure ->
            [none] The hash of the body is the signed one: the body was not changed.{ $octets ->
                [0] {""}
               *[other] {" "}But the signature leaves out the last { $octets } octets (`l=`): anybody could have added them.
            }
           *[other] The hash of the body is another one than the signed one: { $why }.
        }
    }
trace-header-signature = DKIM: the signature over the header
    .text = { $failure ->
        [none] The key fits, and the signed fields were not changed: DKIM passes for { $dkim_domain }.
       *[other] DKIM does not pass for { $dkim_domain }: { $why }.
    }
trace-signatures-left = DKIM: further signatures
    .text = The message bears more signatures than are looked at; those beneath were left alone.
trace-policy = DMARC: which policy applies
    .text = { $result ->
        [found] The record of { $policy_domain } applies to { $domain }, by its tag `{ $tag }`: { trace-part-policy }{ $testing ->
            [yes] . `t=y` lowers that by one step, to `{ $applied }`.
           *[no] .
        }
        [none] No DMARC record applies to { $domain }: nothing is asked of receivers.
        [permerror] Without a single author there is no policy to look for.
       *[temperror] Which policy applies to { $domain } could not be told: the DNS did not answer.
    }
trace-policy-older = DMARC: which policy applies by RFC 7489
    .text = { $result ->
        [found] Receivers that still follow RFC 7489 find the record of { $policy_domain }, tag `{ $tag }`: { trace-part-policy }{ $share ->
            [100] .
           *[other] , for { $share } % of the mail that fails.
        }
        [none] Receivers that still follow RFC 7489 find no record.
        [permerror] Without a single author there is no policy to look for.
       *[temperror] What receivers that still follow RFC 7489 find could not be told: the DNS did not answer.
    }
trace-part-policy = { $policy ->
    [reject] refuse what fails (`reject`)
    [quarantine] treat what fails as spam (`quarantine`)
   *[none] do nothing, only report (`none`)
}
trace-spf-alignment = DMARC: does the return address belong to the author?
    .text = { trace-part-comparison }{ $relation ->
        [foreign] {""}
       *[other] { $counts ->
            [yes] {" "}SPF counts for DMARC.
            [no] { $relation ->
                [strict] {""}
                [apart] {""}
               *[other] {" "}But SPF does not pass for it, so it does not count.
            }
           *[unknown] {" "}Whether it counts depends on SPF, which could not be told.
        }
    }
trace-dkim-alignment = DMARC: does the signature belong to the author?
    .text = { trace-part-comparison }{ $relation ->
        [foreign] {""}
       *[other] { $counts ->
            [yes] {" "}DKIM counts for DMARC.
            [no] { $relation ->
                [strict] {""}
                [apart] {""}
               *[other] {" "}But the signature does not pass, so it does not count.
            }
           *[unknown] {" "}Whether it counts depends on the signature, which could not be judged.
        }
    }
trace-part-comparison = { $relation ->
    [same] { $identifier } is the very name of the author’s domain: aligned.
    [kin] { $identifier } and { $domain } belong to one organization{ $author_organization ->
        [none] {""}
       *[other] {" "}({ $author_organization })
    }: aligned, because the policy asks for no more ({ $mode ->
        [strict] strict
       *[relaxed] relaxed
    } alignment).
    [strict] { $identifier } belongs to the same organization, but the policy asks for the very name { $domain } (strict alignment): not aligned.
    [apart] { $identifier } looks like the same organization as { $domain }, but by the tree walk of RFC 9989 it is another one: not aligned.
    [foreign] { $identifier } is of another organization than { $domain }: not aligned, whatever its own result.
   *[unknown] Whether { $identifier } and { $domain } belong to one organization could not be told.
}{ $differs ->
    [yes] {" "}By RFC 7489 it is the other way round.
   *[no] {""}
}
trace-dmarc = DMARC: the result
    .text = { trace-part-dmarc }
trace-dmarc-older = DMARC: the result by RFC 7489
    .text = Many receivers still follow RFC 7489. { trace-part-dmarc }
trace-part-dmarc = { $result ->
    [pass] DMARC passes for { $domain }: { $spf ->
        [yes] { $dkim ->
            [yes] SPF and DKIM both count.
           *[other] SPF counts.
        }
       *[other] DKIM counts.
    }
    [fail] DMARC fails for { $domain }: neither SPF nor DKIM counts.
    [none] DMARC does not apply to { $domain }: no policy was found.
    [permerror] DMARC cannot be applied without a single author.
    [temperror] DMARC neither passes nor fails for { $domain }: an answer from the DNS that decides did not come.
   *[unknown] DMARC for { $domain } could not be told: what decides is not known.
}
trace-disposition = What the policy makes receivers do
    .text = { $result ->
        [pass] Nothing: the message passes. The policy concerns only what fails.
        [none] Nothing: no policy applies.
        [fail] { $policy ->
            [reject] The policy asks for refusal. A receiver must not refuse for that reason alone, so the message is refused, or filed as spam.
            [quarantine] The policy asks for the message to be treated as spam.
           *[none] The policy asks for nothing; a receiver’s own rules may.
        }
        [permerror] The policy cannot be applied; receivers decide by their own rules, and many refuse such mail.
       *[unknown] That depends on what could not be told.
    }
trace-arc = ARC: what earlier servers vouch for
    .text = { $result ->
        [none] The message bears no ARC chain.
        [pass] The chain of { $count ->
            [one] one set
           *[other] { $count } sets
        } is unbroken; { $sealer } sealed it last. What it says is believed only by receivers that trust those who sealed it.
        [fail] The chain is broken: { $why }. Receivers ignore what it claims.
       *[unknown] Whether the chain is unbroken could not be told.
    }
trace-arc-set = ARC: { $sealer ->
        [none] set { $instance }
       *[other] set { $instance }, by { $sealer }
    }
    .text = { $said ->
        [none] It states no result of SPF, DKIM or DMARC.
       *[other] It says that it found, when the message came to it: { $said }.
    } { $before ->
        [none] There was no chain before it.
        [pass] It says that it found the chain before it unbroken.
        [fail] It says that it found the chain before it broken, which ends the chain.
       *[unknown] How the chain stood before it, it does not rightly say.
    } { $seal ->
        [yes] Its seal holds{ $message ->
            [yes] , and the message is as it was then.
            [no] , but the message was changed since.
           *[unknown] .
        }
        [no] Its seal does not hold, so what it says counts for nothing.
       *[unknown] Its seal was not checked.
    }{ $trusted ->
        [yes] {" "}You named it as trusted.
       *[no] {""}
    }
trace-arc-trust = ARC: what the chain is worth
    .text = { $result ->
        [silent] Nothing that its sets say speaks for { $domain ->
            [none] a single author
           *[other] { $domain }
        }: a receiver finds no reason in it to deliver, even where it trusts those who sealed it.
        [nobody] { trace-part-arc-found } You named none of those who sealed it as trusted{ $dmarc ->
            [fail] . A receiver that trusts { $needed } may deliver the message although DMARC fails; DMARC does not pass by that.
            [pass] , and none is needed: DMARC passes.
           *[other] . A receiver that trusts { $needed } may use that where DMARC does not pass.
        }
        [strangers] { trace-part-arc-found } But you did not name all who vouch for that as trusted; not named: { $strangers }. So it is not used.
       *[vouched] { trace-part-arc-found } You named all who vouch for that as trusted{ $overrides ->
            [yes] : this receiver would use it and deliver the message although DMARC fails and the policy asks for { $policy ->
                [reject] refusal
               *[quarantine] treatment as spam
            }. DMARC has failed all the same; the reason in the receiver’s report is `local_policy`, with the comment `{ $reason }`.
           *[no] { $dmarc ->
                [pass] . There is no need of it: DMARC passes.
                [fail] . There is nothing to override: the policy asks for nothing.
               *[other] : this receiver may use it where DMARC does not pass.
            }
        }
    }
trace-part-arc-found = Set { $instance } says that { $method ->
    [dmarc] DMARC
    [dkim] DKIM
   *[spf] SPF
} passed for { $domain }.
trace-results = What a server wrote of its own check
    .text = { $trusted ->
        [yes] { $who } wrote: { $said ->
            [none] no result
           *[other] { $said }
        }. It is the receiver that you named, so this is believed.
       *[no] { $who ->
            [none] A field that does not rightly say who wrote it states
           *[other] { $who } is said to have written
        }: { $said ->
            [none] no result
           *[other] { $said }
        }. Anybody can write such a field, so it is shown and not believed.
    }
trace-difference = Where that differs from what was found now
    .text = { $who ->
        [none] A server that cannot be told
       *[other] { $who }
    } says { $method }={ $theirs }{ $identifier ->
        [none] {""}
       *[other] {" "}for { $identifier }
    }; now it is { $ours }. { $why }
trace-receivers = What large receivers do with it
    .text = By their published rules, of those we know: nothing against it, { $deliver }; filed as spam, { $spam }; refused or filed as spam, { $refuse }{ $unknown ->
        [0] .
       *[other] ; could not be told, { $unknown }.
    }
trace-via = What Gmail shows beside the name
    .text = { $reason ->
        [leg] Generally nothing: the return address or the signature belongs to { $domain }.
        [mismatch] Generally “via { $via }”: neither the return address nor the signature belongs to { $domain }. A signature for { $domain } generally makes it go away.
        [unauthenticated] Nothing proves where the message comes from. Gmail then marks it, generally with a question mark in place of the picture.
        [no-author] That cannot be told without a single author.
       *[unknown] That could not be told.
    }
trace-on-behalf-of = What Outlook shows beside the name
    .text = Outlook generally shows “{ $sender } on behalf of { $author }”, because the Sender field names another address. Whoever sends the message makes it go away by leaving that field out.

## What explains a difference.

trace-difference-signature-removed = That signature is not in the message any more.
trace-difference-body-changed = The body was changed after that check.
trace-difference-header-changed = The header was changed after that check.
trace-difference-key-removed = The key was removed from the DNS since.
trace-difference-key-revoked = The key was withdrawn since.
trace-difference-expired = The signature has expired since.
trace-difference-passes-now = It passes now: the record was put right since, or the other check met a changed message.
trace-difference-other-identity = It was about another return address, as after forwarding.
trace-difference-client-or-record = It was about another server, or the record was changed since.
trace-difference-other-document = It follows the other of the two DMARC documents.
trace-difference-follows = It follows from the differences in SPF and DKIM, or the policy record was changed since.
trace-difference-other = What explains it is not known.

## Where something was read.

trace-origin-stated = as you said
trace-origin-field = field { $name }, number { $index } from the top
trace-origin-dns = the DNS, { $name }
trace-origin-computed = follows from the above

## Labels of the result.

trace-title = { $subject ->
    [none] A message without a subject
   *[other] { $subject }
}
trace-message-line = { $domain ->
    [none] no single author
   *[other] { $domain }
}{ $date ->
    [none] {""}
   *[other] , { $date }
}
trace-heading-steps = Step by step
trace-heading-policies = What would become of this message under each policy
trace-heading-receivers = What large receivers do with it, by their published rules
trace-asked-met = { $count ->
    [0] None of what is asked for is met.
    [one] One of the things that are asked for is met.
   *[other] { $count } of the things that are asked for are met.
}
trace-asked-elsewhere = { $count ->
    [one] One more cannot be read in a message
   *[other] { $count } more cannot be read in a message
} (complaints, rates, habits): garant receivers lists them all.
trace-heading-findings = About the message itself
trace-policy-line = { $policy ->
    [none] p=none
    [quarantine] p=quarantine
   *[reject] p=reject
}{ $applies ->
    [yes] {" "}(applies now)
   *[no] {""}
}
trace-outcome-deliver = nothing stands against it
trace-outcome-spam = probably filed as spam
trace-outcome-refuse = refused, or filed as spam: a receiver must not refuse for the policy alone
trace-outcome-unknown = could not be told
trace-label-read-at = read in
trace-label-asked = asked
trace-label-organizations = organizations
trace-label-section = by
trace-label-first = do first
trace-label-check = check the domain
trace-organizations = RFC 9989: { $walk }; RFC 7489: { $list }
trace-organizations-pair = { $identifier ->
    [none] { $author ->
        [none] no organizational domain is known for { $identifier_name } and { $author_name }
       *[other] { $author }; no organizational domain is known for { $identifier_name }
    }
   *[other] { $author ->
        [none] { $identifier }; no organizational domain is known for { $author_name }
       *[other] { $identifier } and { $author }
    }
}
trace-asked-line = { $name } { $type }: { $answer }
trace-answer-nothing = { $status ->
    [nx-domain] the name does not exist
    [no-data] nothing stands there
    [serv-fail] the server reports a failure
    [refused] the server refuses to answer
    [timeout] no answer in time
    [truncated] the answer was cut off
    [unreachable] no server could be reached
    [malformed] an answer that cannot be read
    [offline] not asked, because nobody is asked
    [not-recorded] not asked: the saved answers do not hold it
    [over-budget] not asked: too many questions
   *[other] no usable answer
}
trace-footer = { $count ->
    [one] one DNS question
   *[other] { $count } DNS questions
}, { $time } UTC

## Files that cannot be traced.

error-trace-mailbox = { $path } is a mailbox file of { $count } messages, and only one can be traced. Save the one that is meant as .eml.
error-trace-empty = { $path } is empty: there is no message in it.
error-trace-too-large = { $path } has more than { $limit } MB; larger messages are not read, because no large receiver takes them.
error-trace-too-many-fields = { $path } has more than { $limit } header fields. No honest message has so many, so it is not read.
error-trace-header-too-large = The header of { $path } is longer than { $limit } MB. No receiver takes such a message, so it is not read.
error-trace-no-header = { $path } does not begin with a header field, so it is no message as servers exchange them. Neither what a mail program shows nor an Outlook .msg file is one. Save the message as .eml (“download original”, “show source”), and take care that its first lines are there.
error-trace-shown = { $path } is what a mail program shows, not the message as servers exchange it: its author stands in the field “{ $name }”, a translation of From, and the rest cannot be relied on. Show the source of the message (“show original”, “raw source”, Ctrl+U), and give all of it.
error-trace-lines = The ends of the lines in the header of { $path } were lost or changed on the way, and nobody can tell any more where one field ends and the next begins. Chats and forms often do that. Copy the source again (“show original”, Ctrl+U), or save the message as .eml, and give it without passing through them.
error-trace-table = { $path } is only the table that Gmail shows above a message: its own conclusion about SPF, DKIM and DMARC, and not the message. The source stands beneath it on the same page: press “Copy to clipboard”, and give all of it.
error-trace-mail-from = { $input } is no return address: an address, a domain, or <> for the empty one.
error-trace-helo = { $input } is no name that a server can give itself.
error-trace-receiver = “{ $input }” is neither the full name of a server nor a receiver that is known. Known are: { $known }.
error-trace-sealer = “{ $input }” is not the domain of a sealer. Give the name in `d=` of the field ARC-Seal, such as lists.example.
error-trace-sealers-many = At most { $limit } trusted sealers can be named.
error-trace-capture = { $path } holds no answers of `garant trace --capture`.

cli-trace = Says what SPF, DKIM, DMARC and ARC make of one message, step by step
cli-trace-message = The message as a file (.eml), or - for standard input
cli-trace-ip = The IP address of the server that handed the message over
cli-trace-helo = The name that it gave itself (HELO)
cli-trace-mail-from = The return address (MAIL FROM); <> where it was empty
cli-trace-receiver = The server that received the message, or a receiver by its name, such as gmail: its own fields are believed, and results are written in its name
cli-trace-trust-sealer = A domain whose ARC seals the receiver trusts, such as that of a mailing list; several times for several
cli-trace-headers = Only the header is given: nothing is said about the body
cli-trace-format = Form of the result: text, json, or header (a field Authentication-Results); text unless given
