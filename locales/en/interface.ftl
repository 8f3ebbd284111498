# Words of the command line and of every result. Findings have files of their own.

## The verdict: one plain sentence. $domain, and what is named.

verdict-domain-absent = The domain { $domain } does not exist, so no mail can be sent in its name.
verdict-free-mail = { $domain } belongs to a mailbox provider: you cannot publish records there, so no service can authenticate mail that it sends in this name for you. Send from a domain of your own.
verdict-dnssec-bogus = Many receivers cannot read any record of { $domain }: its DNSSEC signatures are broken, so mail in its name may be refused and mail to it may not arrive.
verdict-servers-lame = No server that is listed for { $domain } serves this domain: its records cannot be read, what is sent in its name cannot be authenticated, and mail to it does not arrive.
verdict-waiting = Everything is in place in the zone of { $domain }, but some resolvers do not see it yet. Wait until { CLOCK($until) } UTC on { DATE($until) }, then check again; there is nothing else to do.
verdict-unanswered = We could not tell whether mail from { $domain } can be authenticated: its name servers, or the one that was asked, gave no usable answer. This says nothing against the domain; ask again.
verdict-sends-nothing = { $domain } declares that it sends no mail, and asks receivers to refuse whatever claims to come from it. Nothing to change, as long as you send no mail in this name.
verdict-sends-nothing-open = { $domain } declares in its SPF record that it sends no mail, but no DMARC policy asks receivers to refuse what claims to come from it.
verdict-enforced-without-proof = Mail in the name of { $domain } will probably be refused or filed as spam: the domain asks for it (`p={ $policy }`), and neither a working SPF record nor a valid DKIM key was found.
verdict-no-proof = Mail in the name of { $domain } cannot be shown to be genuine: neither a working SPF record nor a valid DKIM key was found.
verdict-spf-broken = { $spf ->
    [limit] { $dkim ->
        [found] The SPF record of { $domain } needs too many DNS look-ups: for servers that it names after the tenth, it ends in an error, and their mail is authenticated only where it carries a DKIM signature.
       *[other] The SPF record of { $domain } needs too many DNS look-ups: for servers that it names after the tenth, it ends in an error, and no valid DKIM key was found at the selectors that were asked.
    }
   *[other] { $dkim ->
        [found] The SPF record of { $domain } is broken, so receivers ignore it; mail is authenticated only where it carries a DKIM signature.
       *[other] The SPF record of { $domain } is broken, so receivers ignore it, and no valid DKIM key was found at the selectors that were asked.
    }
}
verdict-spf-only = { $policy ->
    [none] Mail in the name of { $domain } can be authenticated by SPF alone: the domain publishes no DKIM key, so forwarded mail cannot be shown to be genuine.
   *[other] Part of the mail in the name of { $domain } will probably be refused or filed as spam: the domain asks for it (`p={ $policy }`), and it publishes no DKIM key, so SPF alone stands for the mail; forwarding breaks it, and so does a service with a return address of its own.
}
verdict-dkim-not-found = The SPF record of { $domain } works; no DKIM key was found at the selectors that were asked. Selectors cannot be listed: name yours to have it checked.
verdict-dkim-broken = The SPF record of { $domain } works, but the DKIM key that was found cannot be used by receivers: signatures made with it count for nothing.
verdict-dkim-only = Mail in the name of { $domain } can be authenticated by DKIM alone: { $spf ->
    [nobody] the domain’s SPF record lets nobody send.
   *[other] the domain publishes no SPF record.
}
verdict-no-policy = Mail in the name of { $domain } can be authenticated by SPF and DKIM, but the domain publishes no DMARC policy; some receivers refuse bulk mail without one.
verdict-policy-broken = Mail in the name of { $domain } can be authenticated by SPF and DKIM, but receivers do not read its DMARC record as it was meant.
verdict-ready-with-risk = Mail in the name of { $domain } can be authenticated by SPF and DKIM; something else is to be corrected.
verdict-ready-monitoring = Mail in the name of { $domain } can be authenticated by SPF and DKIM; its DMARC policy watches and refuses nothing (`p=none`).
verdict-ready = Mail in the name of { $domain } can be authenticated by SPF and DKIM, and its DMARC policy protects the name (`p={ $policy }`).

## The verdict when it is about the mail of one service. Its parts recur in several sentences and in the findings path-*.

verdict-part-by = { EMPTY($sender) ->
    [yes] this service
   *[no] { $sender }
}
verdict-part-service = { EMPTY($sender) ->
    [yes] this service
   *[no] { $sender }
}
verdict-part-of = { EMPTY($sender) ->
    [yes] of this service
   *[no] of { $sender }
}
verdict-part-dkim = { $dkim ->
    [no-key] no valid DKIM key for it was found at this service’s selectors
    [strict] `adkim=s` keeps the signature, made for { $dkim_domain }, from counting
    [foreign] the signature is made for another domain ({ $dkim_domain })
   *[apart] the signature, made for { $dkim_domain }, counts as another organization’s
}
verdict-part-spf = { $spf ->
    [foreign] the return address is not in your domain either
    [strict] `aspf=s` keeps the return address ({ $mail_from }) from counting as well
    [not-authorised] the SPF record of the return address ({ $mail_from }) does not allow this mail either
   *[apart] the return address ({ $mail_from }) counts as another organization’s too
}
verdict-part-legs = { $doubled ->
    [yes] and the records of this service are not where receivers look for them
   *[no] { verdict-part-dkim }, and { verdict-part-spf }
}
verdict-part-doubled = { $doubled ->
    [yes] {" "}The record exists, but at `{ $found_at }`: your DNS host adds the domain by itself. Type only `{ $label }`.
   *[no] {""}
}
verdict-part-besides = { $besides ->
    [yes] {" "}Something else is to be corrected too.
   *[no] {""}
}
verdict-sender-refused = Mail that { verdict-part-service } sends as { $domain } will probably be { $policy ->
    [quarantine] filed as spam: your domain asks for that
   *[reject] refused or filed as spam: your domain asks for rejection
} (`{ $tag }={ $published }`{ $testing ->
    [yes] , lowered by `t=y`
   *[no] {""}
}), { verdict-part-legs }.{ verdict-part-doubled }{ $testing ->
    [yes] {" "}Many receivers still go by RFC 7489: they ignore `t=y`, and refuse.
   *[no] {""}
}
verdict-sender-unauthenticated = Nothing ties the mail that { verdict-part-service } sends in your name to { $domain }{ $doubled ->
    [yes] ,
   *[no] :
} { verdict-part-legs }.{ verdict-part-doubled } No policy asks to refuse it, but some receivers file it as spam.{ $testing ->
    [yes] {" "}Many receivers still go by RFC 7489: they ignore `t=y`, and file it as spam (`{ $tag }={ $published }`).
   *[no] {""}
}
verdict-sender-readings-differ = Mail that { verdict-part-service } sends as { $domain } passes at receivers that follow { $passes } and fails at those that follow { $fails }: the two do not take the same names for your organization.
verdict-sender-unknown = We could not find out whether mail that { verdict-part-service } sends as { $domain } can be authenticated: { $dkim ->
    [ed25519] its DKIM keys are all Ed25519, which many receivers do not verify
    [unknown] its DKIM selectors are not known, or gave no answer, which says nothing against the domain
   *[other] { $doubled ->
        [yes] the records of this service are not where receivers look for them
       *[no] { verdict-part-dkim }
    }, and we do not know whether the return address counts
}.{ verdict-part-doubled } The report says what remains to be told.
verdict-sender-incomplete = { $records_right ->
    [0] None of the records that were asked for is right yet
    [one] One record of { verdict-part-asked } is right
    [2] Two records of { verdict-part-asked } are right
   *[other] { $records_right } records of { verdict-part-asked } are right
}; { $state ->
    [absent] `{ $wrong }` is not there
   *[wrong] to correct: `{ $wrong }`
}{ $purpose ->
    [return-path] {" "}(return address)
    [key] {" "}(DKIM key)
    [policy] {" "}(DMARC policy)
   *[other] {""}
}. { $legs ->
    [both] Your mail is still authenticated by SPF and by DKIM.
    [dkim] Your mail is still authenticated by DKIM, without a spare.
   *[spf] Your mail is still authenticated by SPF, without a spare: forwarding is enough to take that away.
}{ verdict-part-doubled }{ verdict-part-besides }
verdict-part-asked = { $records_asked ->
    [2] two
    [3] three
    [4] four
    [5] five
    [6] six
   *[other] { $records_asked }
}
verdict-sender-waiting = All is published for the mail that { verdict-part-service } sends as { $domain }; all resolvers will see it by { CLOCK($until) } UTC on { DATE($until) } at the latest. Nothing to change: wait.
verdict-sender-no-policy = Mail that { verdict-part-service } sends as { $domain } can be authenticated { $legs ->
    [both] by SPF and by DKIM
    [dkim] by DKIM
   *[spf] by SPF
}, but no DMARC record applies; some receivers refuse bulk mail without one.{ verdict-part-besides }
verdict-sender-one-leg = Mail that { verdict-part-service } sends as { $domain } passes { $when ->
    [now] today{" "}
   *[then] {""}
}thanks to { $legs ->
    [spf] SPF alone: { $dkim ->
        [no-key] no valid DKIM key was found at this service’s selectors, and forwarding is enough to leave it without support.
        [strict] `adkim=s` keeps the signature ({ $dkim_domain }) from being a spare.
        [foreign] the signature is made for another domain ({ $dkim_domain }).
        [apart] the signature ({ $dkim_domain }) counts as another organization’s.
        [ed25519] its DKIM keys are all Ed25519, which many receivers do not verify.
       *[unknown] we could not find out whether a DKIM signature can be a spare.
    }
   *[dkim] DKIM{ $spf ->
        [strict] {" "}alone: `aspf=s` keeps your return address ({ $mail_from }) from being a spare.
        [foreign] {" "}alone: the return address is not in your domain and cannot be a spare.
        [not-authorised] {" "}alone: the SPF record of the return address ({ $mail_from }) does not allow this mail.
        [apart] {" "}alone: the return address ({ $mail_from }) counts as another organization’s.
       *[unknown] ; we could not find out whether its return address can be a spare.
    }
}{ verdict-part-doubled }{ verdict-part-besides }
verdict-sender-ready = Mail that { verdict-part-service } sends as { $domain } can be authenticated by SPF and by DKIM{ $policy ->
    [none] ; the DMARC policy watches and refuses nothing (`{ $tag }={ $published }`).
   *[other] , and the DMARC policy protects this name (`{ $tag }={ $published }`).
}{ verdict-part-besides }

## States and severities: always a word, beside the shape.

state-blocks = Blocks mail
state-risk = At risk
state-unknown = Unknown
state-advice = Advice
state-fine = In order
state-none = Not used

action-add = add
action-change = replace
action-delete = delete

## Parts of a result.

label-line = { $label }: { $text }
label-where = where
label-found = found
label-cause = cause
label-expected = expected
label-more = more: { $command }
label-plan-hint = `garant plan` with the same words shows the records to publish, ready to copy, and what the check says afterwards.
label-unknown = Could not be told
label-aliases = alias of { $names }
label-ttl = kept for { $time }
label-asked = { $count ->
    [one] one DNS question
   *[other] { $count } DNS questions
}{ $direct ->
    [0] {""}
    [one] {" "}and one to a server of the zone
   *[other] {" "}and { $direct } to servers of the zone
} in { $ms } ms, on { $time } UTC{ $servers ->
    [none] {""}
   *[other] , answered by { $servers }
}
label-taken-from-address = Taken from the address { $input }: { $domain }.
label-taken-from-url = Taken from the web address { $input }: { $domain }.
label-taken-from-web-host = { $input } is the name of a web server; the domain that was checked is { $domain }.
label-taken-from-from = The address that readers see is { $input }, so { $domain } is checked.
label-markdown-what = What
label-markdown-record = Record
label-markdown-value = Value

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}

unknown-servfail = { $name } ({ $type }): the name server reported a failure of its own
unknown-timeout = { $name } ({ $type }): no answer in time
unknown-refused = { $name } ({ $type }): the name server would not answer
unknown-rcode = { $name } ({ $type }): the name server answered with an error
unknown-unreachable = { $name } ({ $type }): the name server could not be reached
unknown-truncated = { $name } ({ $type }): the answer was too large for a datagram and did not arrive over TCP
unknown-malformed = { $name } ({ $type }): the answer could not be read
unknown-offline = { $name } ({ $type }): outside the given zones, and not asked because of --offline
unknown-not-recorded = { $name } ({ $type }): not in the saved answers
unknown-over-budget = { $name } ({ $type }): not asked, because this check had reached its limit of questions
unknown-authority-unanswered = { $name }: none of the zone’s own servers answered the questions put directly from here; this network may be blocking them
unknown-waiting = { $name } ({ $type }): published, but not seen everywhere yet
unknown-selectors-not-listable = { $name }: DKIM selectors cannot be listed; name yours with --selector
unknown-return-address-not-known = { $name }: the return address of this service is not known; give its domain with --mail-from
unknown-sending-address-not-known = { $name }: where this mail is sent from is not known; give the server’s address with --ip

## Errors of use.

error-prefix = garant: { $text }
error-input-empty = No domain was given. Type a domain such as votreentreprise.fr.
error-input-label-empty = “{ $input }” is not a domain: two dots follow each other, or it begins with a dot.
error-input-label-long = “{ $input }” is not a domain: a part between two dots is longer than 63 characters.
error-input-long = “{ $input }” is not a domain: it is longer than 255 characters.
error-input-character = “{ $input }” is not a domain: the character “{ $character }” cannot stand in one.
error-input-idn = “{ $input }” is not a domain: its accented letters do not make a valid internationalized name.
error-input-address = “{ $input }” is an IP address. Type the domain of your e-mail address, such as votreentreprise.fr.
error-input-single-label = “{ $input }” is not a complete domain. Type the whole domain of your e-mail address, such as votreentreprise.fr.
error-input-public-suffix = “{ $input }” is a public suffix: names are registered beneath it, and nobody sends mail as it. Type your whole domain, such as votreentreprise.{ $input }.
error-selector = “{ $input }” is not a DKIM selector. A selector is the name before ._domainkey, such as s1 or google.
error-selectors-many = More than { $limit } selectors were given; { $limit } are asked at most.
error-nameserver = “{ $input }” is not the address of a name server. Give an IP address with an optional port: 192.0.2.1, 192.0.2.1:5353, [2001:db8::1]:5353.
error-no-nameserver = No name server is known: { $path } names none. Give one with --nameserver.
error-offline-alone = --offline needs records to read: give --zone or --replay.
error-file-read = { $path } cannot be read: { $reason ->
    [absent] there is no such file.
    [denied] permission denied.
    [not-text] it is not a text file.
    [large] it is larger than { $limit } MiB, and nothing that is read here is.
   *[other] the system refused.
}
error-file-write = { $path } cannot be written: { $reason ->
    [absent] the folder does not exist.
    [exists] a file is already there, and nothing is overwritten. Give another name, or move it away.
    [denied] permission denied.
   *[other] the system refused.
}
error-zone = { $path }:{ $line }:{ $column }: { $problem ->
    [include] $INCLUDE is never followed. Put the records into one file.
    [directive] the directive { $detail } is not known. Only $ORIGIN and $TTL are.
    [type] a record type such as TXT, CNAME or MX is expected here.
    [class] only the class IN is read.
    [end] the record ends before its data is complete.
    [trailing] text follows after the end of the record. A TXT value with spaces or semicolons needs quotes.
    [character] a character or an escape that cannot stand here.
    [origin] a relative name, and nothing says relative to what. Begin the file with $ORIGIN.
    [large] the file is larger than 16 MiB.
   *[data] the data is not of the form that its record type asks for.
}
error-capture = { $path } is not a capture of Garant, or it is damaged{ $line ->
    [0] {""}
   *[other] {" "}(line { DIGITS($line) }, column { DIGITS($column) })
}.
error-capture-newer = { $path } was saved by a newer version of Garant (format { $found }; this one reads up to { $known }). Update Garant.
error-capture-domain = { $path } holds the answers for { $found }, not for { $domain }.
error-capture-several = --capture and --replay work with one domain at a time.
error-question-several = --from and --expect work with one domain at a time.
error-sender = “{ $input }” is not a known sending service.{ $suggestion ->
    [none] {""}
   *[other] {" "}Did you mean { $suggestion }?
} `garant senders` lists them all; a service that is not there can be stated by its parts, with --mail-from and --signed-by.
error-mail-from = “{ $input }” is not the domain of a return address. Give a domain or a whole address, such as em.votreentreprise.fr; it stands in the field Return-Path of a message that was received.
error-signed-by = “{ $input }” is not a signing domain. Give what the signature says after d=, and after a colon what it says after s=, such as votreentreprise.fr:s1.
error-signed-by-many = More than { $limit } signatures were given; { $limit } are judged at most.
error-ip = “{ $input }” is not an IP address, such as 192.0.2.1 or 2001:db8::1.
error-rua = “{ $input }” is not an address that reports can be sent to. Give one e-mail address, such as dmarc@votreentreprise.fr.
error-from = “{ $input }” is not an e-mail address, such as facturation@votreentreprise.fr.
error-from-elsewhere = The address { $input } is in { $found }, and { $domain } was asked about. They must be the same domain, or one must lie beneath the other.
error-server-at = “{ $input }” does not say where a name server is. Give its name, an equals sign and an IP address with an optional port: ns1.votreentreprise.fr=192.0.2.1:5353.
error-expect = { $path ->
    [expect] Line { $line }, column { $column }:
   *[other] { $path }:{ $line }:{ $column }:
} { $problem ->
    [json] this is not JSON. A list of records is expected: `[{"{"}"name": "s1._domainkey", "type": "CNAME", "value": "s1.example."{"}"}]`
    [list] a list of records is expected here, between [ and ].
    [empty] the list is empty.
    [many] more than { $detail } records; { $detail } are looked at at most.
    [record] a record is expected here: `{"{"}"name": …, "type": …, "value": …{"}"}`.
    [member-unknown] a record has the members name, type and value, and no “{ $detail }”.
    [member-twice] the member { $detail } stands twice in one record.
    [member-absent] this record has no { $detail }.
    [text] the member { $detail } must be a text between quotes.
    [type] records of the type “{ $detail }” are not looked at here; only CNAME, TXT and MX are.
    [name] “{ $detail }” is not the name of a record.
    [name-outside] { $detail } lies outside { $domain }, the domain that is asked about.
    [name-ambiguous] “{ $detail }” may be a whole name, outside { $domain }, or the beginning of { $other }. If the second is meant, write that whole name.
    [value-cname] “{ $detail }” is not a name, which is what a CNAME takes.
    [value-mx] “{ $detail }” is not what an MX takes: a number and a name, such as 10 mx.example.
    [value-url] “{ $detail }” is a web address. A record takes the name alone, without https://.
    [value-quoted] write the text of the record without the quotes around it; they belong to zone files.
    [value-empty] the value is empty.
    [value-long] the value is longer than { $detail } octets; no record that works is.
   *[contradiction] another record of the list stands at { $detail } already, and a CNAME stands alone.
}
error-code = “{ $input }” is not a finding code.{ $suggestion ->
    [none] {""}
   *[other] {" "}Did you mean { $suggestion }?
} `garant explain` lists them all.
error-reply = This text is no reply of a server: it is empty, longer than such replies are, or has neither a code such as 550 nor words in which servers refuse. For a whole message, give its file.
error-runtime = The program could not start its network part.
error-usage-unknown-argument = Unknown option or argument: { $argument }.
error-usage-missing = Something is missing: { $argument }.
error-usage-value = “{ $value }” is not possible for { $argument }.{ $possible ->
    [none] {""}
   *[other] {" "}Possible: { $possible }.
}
error-usage-conflict = { $argument } cannot be used together with { $other }.
error-usage-value-missing = { $argument } needs a value.
error-usage-subcommand = Unknown command: { $argument }.
error-usage-other = The command could not be understood.
error-usage-hint = `garant --help` shows what is possible.

## Help of the command line.

cli-usage = Usage:
cli-arguments = Arguments
cli-options = Options
cli-commands = Commands
cli-about = Checks whether mail in a domain’s name can be authenticated: SPF, DKIM, DMARC, and what to publish.
cli-check = Checks one or more domains and says what to publish
cli-check-domains = The domain of your e-mail address; an address or a web address will do
cli-question-sender = The sending service whose mail is asked about, such as activecampaign; `garant senders` lists them
cli-question-mail-from = The domain of that mail’s return address (MAIL FROM); an address will do
cli-question-signed-by = The domain of its DKIM signature (d=), with the selector if you know it; may be given several times
cli-question-ip = The IP address of the server that sends it
cli-question-from = The address that readers see (From); its domain is the one that is checked
cli-question-expect = The records that a platform asked you for: a JSON list of {"{"}name, type, value{"}"}
cli-question-selector = A DKIM selector to ask for; may be given several times
cli-question-zone = Reads records from a zone file instead of asking for them; may be given several times
cli-question-offline = Asks nobody: what is not in the zone files is unknown
cli-question-nameserver = Asks this name server, IP or IP:PORT, instead of the system’s; may be given several times
cli-question-authority = Asks every name server of the zone itself in any case, not only where there is a doubt
cli-question-server-at = Asks the zone’s name server NAME at this address; may be given several times
cli-question-capture = Saves every answer to this file, to be replayed or sent to somebody
cli-question-replay = Judges the answers saved in this file again, asking nobody
cli-check-format = Form of the result: text, json or markdown; text unless given
cli-question-qps = Questions a second at most
cli-question-timeout = Seconds after which a check stops waiting for answers (20 unless given)
cli-explain = Explains a finding code; without one, lists them all
cli-explain-code = A code such as dmarc.missing
cli-plan = Says what to publish for a domain, and what the check says afterwards
cli-plan-domain = The domain of your e-mail address; an address or a web address will do
cli-plan-rua = The address to which DMARC reports shall be sent
cli-plan-format = Form of the result: text, zone (lines of a zone file), json, or markdown (a ticket); text unless given
cli-bounce = Says why mail came back, whose turn it is, and what to change
cli-bounce-files = The bounces: .eml files, mailbox files (mbox), folders, or - for standard input
cli-bounce-reply = A server’s reply in place of a message: 550-5.7.26 …
cli-bounce-summary = Counts by cause, domain and receiver instead of explaining each message
cli-bounce-format = Form of the result: text or json (a line for each message); text unless given
cli-bounce-check = Checks the domain to blame too, in any case
cli-bounce-no-check = Does not check the domain to blame (text does unless told)
cli-bounce-sender = The service that sent these messages, such as activecampaign
cli-bounce-timeout = Seconds after which a check stops waiting for answers (20 unless given)
cli-lang = Language: fr or en; otherwise from LC_ALL, LC_MESSAGES or LANG
cli-help = Shows this help
cli-version = Shows the version
cli-after = Exit status: 0 nothing blocks or risks mail, 1 something does, 2 something unknown could change the answer, 64 wrong usage.
explain-list = Every code, with its title. `garant explain CODE` tells more.
