# Words of a sending path: whose mail it is, its two supports, and what becomes of it.

path-title = { $sender ->
    [none] The mail that you described
   *[other] Mail sent by { $sender }
}
path-summary = { $result ->
    [pass] { $legs ->
        [2] DMARC passes, two supports of two
        [1] { $leg ->
            [spf] DMARC passes by the return address alone (SPF)
            [dkim] DMARC passes by the signature alone (DKIM)
           *[none] DMARC passes by one support of two
        }
       *[unknown] DMARC passes
    }
    [fail] { $policy ->
        [reject] DMARC fails, and the policy asks for rejection (`p=reject`)
        [quarantine] DMARC fails, and the policy asks for the spam folder (`p=quarantine`)
       *[none] DMARC fails, and the policy asks for nothing (`p=none`)
    }
    [none] { $legs ->
        [0] no DMARC policy, and no support
        [1] no DMARC policy; one support of two
        [2] no DMARC policy; two supports of two
       *[unknown] no DMARC policy
    }
   *[unknown] could not be told
}

path-from = displayed address (From)
path-return-path = return address (MAIL FROM)
path-signature = signature (DKIM, d=)
path-unknown = not known
path-of-service = the service’s own

path-basis-stated = { $name }, as you said
path-basis-record = { $name }, as your DNS records show
path-basis-catalogue = { $name }, from our catalogue
path-basis-catalogue-uncertain = { $name }, from our catalogue, which is not certain of it; the Return-Path field of a received message shows it
path-basis-unknown = { $name }; the Return-Path field of a received message shows it

path-return-path-text = { $kinship ->
    [own] { $result ->
        [pass] SPF passes, and the name is in your domain (aligned): one support.
        [unknown] The name is in your domain (aligned); whether SPF passes could not be told.
       *[other] The name is in your domain (aligned), but SPF does not pass for it (`{ $result }`): no support.
    }
    [strict] { $result ->
        [pass] SPF passes, but your DMARC policy asks for the very name { $domain } (strict alignment): no support.
       *[other] Your DMARC policy asks for the very name { $domain } (strict alignment): no support.
    }
    [apart] The DMARC records make it another organization than { $domain } (not aligned): no support.
    [service] As long as no name in your domain is set up for it, it is the service’s own (not aligned): no support.
    [foreign] { $result ->
        [pass] SPF passes, but for { $mail_from }, not for your domain (not aligned): no support.
       *[other] It is not your domain (not aligned): no support, whatever SPF says.
    }
   *[unknown] { $result ->
        [pass] SPF passes; whether the name is aligned with your domain could not be told.
       *[other] Whether it supports your domain could not be told.
    }
}
path-signature-text = { $found ->
    [yes] { $kinship ->
        [own] A working key is there ({ $working }), and it vouches for your domain (aligned): one support.
        [strict] A working key is there ({ $working }), but your DMARC policy asks for the very name { $domain } (strict alignment): no support.
        [apart] A working key is there ({ $working }), but the DMARC records make { $dkim_domain } another organization (not aligned): no support.
        [foreign] A working key is there ({ $working }), but it vouches for { $dkim_domain }, not for your domain (not aligned): no support.
       *[unknown] A working key is there ({ $working }); whether its domain is aligned with yours could not be told.
    }
    [ed25519] A key is there ({ $working }), but of the Ed25519 kind alone, which many receivers do not verify: a support at some receivers only.
    [no] No key that receivers can use was found at its selectors ({ $selectors }): no support.
    [nowhere] No key that receivers can use was found: no support.
   *[unknown] { $kinship ->
        [foreign] It vouches for { $dkim_domain }, not for your domain (not aligned): no support.
       *[other] Whether a key is there could not be told; if you know the selector, name it with --selector.
    }
}

path-dmarc = { $result ->
    [pass] { $legs ->
        [2] DMARC passes, with two supports of two.
        [1] { $leg ->
            [spf] DMARC passes, with one support of two: the return address. Forwarding breaks it.
            [dkim] DMARC passes, with one support of two: the signature. Whatever changes the message on its way breaks it.
           *[none] DMARC passes, with one support of two.
        }
       *[unknown] DMARC passes, with one support at least.
    }
    [fail] { $policy ->
        [reject] DMARC fails: no support of two. The domain then asks for rejection (`p=reject`).
        [quarantine] DMARC fails: no support of two. The domain then asks for the spam folder (`p=quarantine`).
       *[none] DMARC fails: no support of two. The domain asks for nothing then (`p=none`).
    }
    [none] { $legs ->
        [0] No DMARC policy applies, and neither of the two supports is there.
        [1] No DMARC policy applies. One support of two is there.
        [2] No DMARC policy applies. Both supports are there.
       *[unknown] No DMARC policy applies.
    }
   *[unknown] What DMARC says could not be told.
}{ $of ->
    [own] {""}
   *[other] {" "}The policy is that of { $of }.
}
path-dmarc-older = By RFC 7489, which many receivers still follow: { $result ->
    [pass] it passes. Two receivers may decide differently.
    [fail] it fails. Two receivers may decide differently.
    [none] no policy applies. Two receivers may decide differently.
   *[unknown] could not be told.
}

path-shape-keys-and-return-path = This service’s keys and its return address are set up in your zone.
path-shape-keys-only = This service’s keys are set up in your zone, its return address is not.
path-shape-return-path-only = This service’s return address is set up in your zone, and no key of it.
path-shape-mailbox = This service holds your mailboxes: the return address is the sender’s own.
path-shape-none = Nothing of this service stands where it belongs in your zone.

## Parts of findings about a path. $dkim, $spf: why each does not count.

path-part-dkim = { $dkim ->
    [no-key] No key that receivers can use was found for its signature
    [strict] Its signature is made for { $dkim_domain }, and `adkim=s` lets only { $domain } itself count
    [apart] Its signature, made for { $dkim_domain }, counts as another organization’s
    [foreign] Its signature is made for another domain ({ $dkim_domain })
   *[other] Its signature does not count for { $domain }
}
path-part-spf = { $spf ->
    [strict] `aspf=s` keeps its return address ({ $mail_from }) from counting
    [not-authorised] the SPF record of its return address ({ $mail_from }) does not allow this mail
    [apart] its return address ({ $mail_from }) counts as another organization’s
    [foreign] its return address{ EMPTY($mail_from) ->
        [yes] {""}
       *[no] {" "}({ $mail_from })
    } is not in your domain
   *[other] its return address does not count for { $domain }
}
path-part-first = { $cause ->
    [records] Publish the records that the part “{ card-records }” names, with the values it shows.
    [no-key] Publish the DKIM key that { verdict-part-service } gave you for { $domain }; the finding about that key says more.
    [strict] Have this mail signed for { $domain } itself. If that cannot be done, remove `adkim=s` alone: the finding about the signature shows the record.
    [foreign] Switch on the authentication of your domain in the settings { verdict-part-of }, so that this mail is signed for { $domain }, and publish the records that are then shown.
    [apart] Have this mail signed for { $domain } itself.
   *[other] Put the signature right first: the findings about it say how.
}

path-receivers = What receivers do, by their published rules
path-receivers-bulk = For mail in bulk some of them ask for more
path-receivers-in-bulk = { $action }{ $count ->
    [none] {" "}for mail in bulk
   *[other] {" "}from about { $count } messages a day
}
path-recognised = recognised by
path-evidence-dkim-alias = { $name }, an alias of { $text }
path-evidence-return-path = { $name }, which leads to { $text }
path-evidence-spf = the SPF record of { $name }: { $text }
path-evidence-exchange = the mail server (MX) { $text }
path-evidence-verification = the text at { $name } that begins with { $text }
path-catalogue = our catalogue
path-confidence-verified = what it says of this service was verified in the service’s documentation.
path-confidence-partly = what it says of this service was verified in part; a test message proves the rest.
path-confidence-unverified = what it says of this service was not verified; a test message proves it.
path-others = Other services that your DNS shows

## Cards.

card-path = Path
card-records = Records
card-dmarc-elsewhere = Fails for this mail; nothing to change here: { $card ->
    [records] the cause is in the records that were asked for
   *[other] the cause is { $card }
}

## The zone’s own servers.

servers-title = { $host ->
    [none] Servers of the zone { $zone }, each asked directly
   *[other] Servers of the zone { $zone } ({ $host }), each asked directly
}
servers-server = { $name }{ $address ->
    [none] {""}
   *[other] {" "}({ $address })
}: { $status ->
    [serves] { $serial ->
        [none] serves the zone
       *[other] serves the zone, version { $serial }
    }
    [refused] refuses to answer for it
    [servfail] reports a failure
    [not-authoritative] does not serve the zone
    [no-address] its name has no address
    [silent] did not answer
    [malformed] gave an answer that cannot be read
   *[not-asked] was not asked
}

## Words of a plan besides those in plan.ftl.

planned-panel = At { $host }{ $path ->
    [none] {""}
   *[other] {": "}{ $path }
}{ $panel ->
    [none] {""}
   *[other] {" "}({ $panel })
}
planned-priority = Priority
planned-empty = (leave this field empty)
planned-value-split = The same in pieces, if the form asks for it
planned-unknown = Too little could be told to say what to change for { $domain }. Ask again.
planned-affects-none = No other service that your DNS shows is touched.
planned-heading-ticket = Text to forward to whoever manages your DNS
