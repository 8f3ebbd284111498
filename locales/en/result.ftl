# The result of a check as a page.

## The head.

result-moment = { DATE($time) } { $year } at { CLOCK($time) } UTC
result-day = { DATE($time) } { $year }
result-subject-path = { $domain }, { $sender ->
    [none] the mail that you described
   *[other] mail sent by { $sender }
}
result-state-wait = Waiting
result-stamp-wait = Waiting, seen everywhere at about { CLOCK($until) } UTC
result-again = Ask again at the zone’s own servers
result-send = Send to my administrator
result-cause = Cause
result-copy = Copy
result-copy-summary = Copy the finding
result-downloads = Download
result-asked-at = Asked
result-asked-whom = Of whom
result-asked-servers = The servers of the zone `{ $zone }`, each directly: { $servers }.
result-asked-resolvers = { $count ->
    [one] A resolver, { $servers }.
   *[other] Resolvers: { $servers }.
}
result-asked-zone = Nobody: the records were read from zone files.
result-asked-count = { $count ->
    [one] One question
   *[other] { $count } questions
}{ $direct ->
    [0] {""}
    [one] {" "}and one to a server of the zone
   *[other] {" "}and { $direct } to servers of the zone
}, { $ms } ms.
result-question = You also said
result-question-ip = sending server
result-question-selectors = DKIM selectors
result-question-expected = { $count ->
    [one] one record that a platform asked for
   *[other] { $count } records that a platform asked for
}
result-link = Permanent link
result-kept = Kept until { $day }; whoever has the link can read it.

## The way of a message.

result-path = The path
result-list-and = {""}; {""}
result-path-recognised = Recognised by { $text }.
result-path-catalogue = Our catalogue: { $text }
result-same-as-list = The same as a list
result-receiver-no-more = Asks for nothing more
result-column-receiver = Receiver
result-column-now = Today
result-column-after = After the plan
result-answers = Possible answers
result-column-rule = Rule applied
result-column-service = Service
result-column-state = State
result-column-recognised = Recognised by

## Sections.

result-part-zone = The zone
result-state-elsewhere = Fails for this mail
result-cause-elsewhere = Nothing to change here: the cause is in the section
result-expected = Expected
result-found = Found
result-at = Where
result-why = Why
result-fix = Fix
result-help = Learn more
result-help-topic = What it is for
result-step = Step { $step } of the plan: { $order }
result-by-plan = The plan puts this right
result-others-found = { $count ->
    [one] The other record found
   *[other] The { $count } other records found
}
result-nothing-to-say = Nothing was found here, and nothing is to be said.
result-record-cut = { $count ->
    [one] One more character is not shown; the download has it.
   *[other] { $count } more characters are not shown; the download has them.
}
result-found-above = In the record shown above
result-found-above-piece = { $text }, in the record shown above
result-nothing = Nothing of the kind.
result-nothing-nxdomain = { $count ->
    [one] Nothing: this name does not exist (NXDOMAIN).
   *[other] Nothing: these { $count } names do not exist (NXDOMAIN).
}
result-nothing-nodata = { $count ->
    [one] Nothing: the name exists, without a record of this type.
   *[other] Nothing: the { $count } names exist, without a record of this type.
}
result-nothing-of-it = Records of this type stand there, and none of them is one of these.
result-nothing-unknown = Not known: the question got no usable answer.
result-where = At `{ $name }`, type { $type }.
result-where-subject = It concerns `{ $name }`.
result-where-answered = Answered by { $servers }.
result-where-kept = Kept in caches for { $time }.
result-where-aliases = Reached through an alias: { $names }.
result-where-looked = Also looked for, in vain: the name with the domain behind it twice, a record of another type, the same record at the domain itself.
result-expected-path = At least one support, return address (SPF) or signature (DKIM), that passes and belongs to { $domain }.
result-expected-dkim = { $sender ->
    [none] A public key in the name of { $domain }, at the selector that the signatures name{ $list ->
        [none] {""}
       *[other] {" "}({ $list } were tried)
    }.
   *[other] A public key in the name of { $domain }, at the selector that { $sender } signs with{ $list ->
        [none] {""}
       *[other] {" "}({ $list })
    }.
}
result-expected-spf = One valid SPF record at the domain of the return address, within ten DNS look-ups; and a return address in { $domain } or beneath it, so that it counts for DMARC.
result-expected-dmarc = One valid policy at `_dmarc.{ $domain }`, and an aligned support behind each service that writes for you.
result-expected-record = The record that was asked for, at `{ $name }`.
result-expected-mx = At least one mail server with a public address, or else the declaration that no mail is received.
result-expected-mta-sts = Nothing, or a record and a policy file that agree with each other and with the mail servers.
result-expected-tls-rpt = Nothing, or one valid record with an address for the reports.
result-expected-bimi = Nothing, or one valid record and an enforced DMARC policy.
result-expected-dnssec = Nothing signed, or signatures that fit what the parent zone announces.
result-expected-zone = Every server listed for the zone serves it, and all of them say the same.
result-absent-optional = { $title }: nothing is published; this is optional.
result-absent-dnssec = { $title }: the zone is not signed; this is optional.
result-besides = Besides
result-unknown-selectors = { $name }: DKIM selectors cannot be listed. Give yours, and it will be looked at.
result-unknown-return-address = { $name }: the return address of this service is not known. Give its domain, and it will be looked at.
result-unknown-sending-address = { $name }: where this mail is sent from is not known. Give the server’s address, and it will be looked at.
result-unknown-offline = { $name } ({ $type }): outside the zones that this site was given, so it was not asked
result-ask-more = Ask again with more details
result-column-server = Server
result-column-address = Address
result-column-serial = Version
result-servers-more = { $count ->
    [one] One more server is in the download.
   *[other] { $count } more servers are in the download.
}
result-server-status = { $status ->
    [serves] { $differs ->
        [yes] Serves another version
       *[no] Serves the zone
    }
    [refused] Refuses to answer for it
    [servfail] Reports a failure
    [not-authoritative] Does not serve the zone
    [no-address] Its name has no address
    [silent] Did not answer
    [malformed] Gave an answer that cannot be read
   *[not-asked] Was not asked
}

## The plan.

result-plan = The plan
result-plan-walkthrough = Step by step at { $host }, with the forms drawn
result-plan-see = { $count ->
    [0] See who has to do what
    [one] See the record to publish
   *[other] See the { $count } changes to publish
}
result-plan-becomes = becomes
result-plan-cures = Puts right:
result-plan-optional = optional
result-plan-zone = The same lines in full form (zone file)
result-plan-zone-file = Zone file
result-plan-touches = What this plan also touches
result-plan-back = The way back, if mail is refused afterwards
result-plan-cost = What it costs
result-plan-ticket = Text of the request
result-proof-aligned = aligned
result-proof-not-aligned = not aligned
result-proof-no-key = no key
result-proof-not-passed = does not pass
result-proof-some = at some receivers
result-proof-unknown = unknown
result-proof-dmarc = { $result ->
    [pass] { $legs ->
        [2] passes, two supports
        [1] passes, one support
       *[other] passes
    }
    [fail] fails
    [none] no policy
   *[unknown] unknown
}
result-note-no-report-address = Add a report address at { $name } (`rua=mailto:…`): without one nobody tells you who writes in your name.
result-note-switch-on-dkim = Switch on DKIM signing for { $domain } in the settings of each service that sends in its name, then publish the records that it shows.
result-note-values-of-account = The exact values depend on your account: take them from { $sender }, at the page where a domain is authenticated.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Its help page: { $page }
}
result-diff = The record before and after
result-diff-before = − Before
result-diff-after = + After

## At the end.

result-forward = Pass it on
result-send-about = The records to publish, in the form that your DNS host wants, with their state. Read only.
result-summary = The finding as text
result-summary-show = The finding as text, to paste into a message
result-download-capture = DNS answers (JSON)
result-download-capture-about = everything that was asked and answered; support can judge it again
result-download-json = Result (JSON)
result-download-json-about = for programs
result-download-markdown = Result (Markdown)
result-download-markdown-about = for a ticket or a report
result-download-zone = Lines to publish (zone file)
result-download-zone-about = for a DNS panel that imports them
result-support-about = Was this check useful, or is something not clear?
result-support = Contact support with this check
