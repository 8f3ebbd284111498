### Plans: what to publish, who has to do what, and what the check will say then.
### $domain: the domain; $sender: the service’s name; $name, $type: where a record stands, and its type.

## Headings and words of a plan.

plan-title = Plan for { $domain }
plan-title-sender = Plan for the mail that { $sender } sends as { $domain }
plan-nothing = Nothing to change for { $domain }.
plan-count = { $count ->
    [one] One DNS record to change. { $rest ->
        [none] It is enough.
       *[some] It does not put everything right: see what the check says then.
    }
   *[other] { $count } DNS records to change{ $optional ->
        [0] ; none can be left out
       *[other] {""}
    }. { $rest ->
        [none] They are enough.
       *[some] They do not put everything right: see what the check says then.
    }
}{ $optional ->
    [0] {""}
   *[other] {" "}What is marked as optional can be left out: mail passes DMARC without it too.
}
plan-no-changes = No record that you could publish puts this right. Here is who has to do what.
plan-proof = These changes were added to what the DNS answers today, and the whole was checked again. It is a forecast: it holds as long as the rest of the DNS stays as it is.
plan-heading-changes = To publish at your DNS host
plan-heading-before = Before
plan-heading-after = After
plan-heading-affects = Services whose mail depends on these records too
plan-heading-notes = To be done or known
plan-heading-alternatives = Other ways, from the best to the last

plan-action-add = Add
plan-action-change = Replace
plan-action-delete = Delete
plan-optional = Optional: mail passes DMARC without this change too. Until it is made, the SPF record gives an error, and mail has its signature as its only support.
plan-label-name = Name
plan-label-type = Type
plan-label-value = Value
plan-label-was = Present value (make a note of it)
plan-label-ttl = Time in caches (TTL)
plan-state = { $blocks ->
    [0] Nothing blocks mail
    [one] One point blocks mail
   *[other] { $blocks } points block mail
}; { $risks ->
    [0] nothing puts it at risk.
    [one] one point puts it at risk.
   *[other] { $risks } points put it at risk.
}

plan-who-owner = You
plan-who-registrar = Your registrar
plan-who-dns-host = Your DNS host
plan-who-service = The sending service
plan-who-other = Another organization

## The other services. $before, $after: pass, fail, none or unknown; $policy: the policy after the changes.

plan-affects-better = { $sender }: better than before.
plan-affects-worse = { $sender }: worse than before.
plan-affects-same = { $sender }: nothing changes for its mail.
plan-affects-unprotected = { $sender }: its mail arrives as before, but nothing asks any more to keep out mail that imitates yours.

## Notes about changes.

plan-note-lower-ttl = The { $type } record of { $name } may stay in caches for { $seconds } seconds. For the change to be seen soon, and to be undone soon, first lower its time in caches (TTL) to 3,600 seconds, then wait { $seconds } seconds before you change it.
plan-note-may-be-deleted = The { $type } record of { $name } serves no purpose any more: it may be deleted, in no hurry.
plan-note-from-catalogue = These values come from our catalogue. Compare them with those that { $sender } shows in its settings; where they differ, the service is right.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Its help page: { $page }
}
plan-note-spf-incomplete = The SPF record proposed for { $name } names only what was recognised. Add every other server or service that writes with a return address at this name: printers, software, the web site.
plan-note-include-dropped = `{ $include }` leaves the SPF record: { $sender } uses a return address of its own, and its mail gained nothing by it. If your account is set up otherwise, keep this term and move another stream to a subdomain instead.
plan-note-dead-terms-dropped = This change takes senders out of the SPF record: `{ $terms }`. { $asked ->
    [servers] The servers of the zones concerned say that nothing stands there any more.
    [zone] The zone file says that nothing stands there any more.
   *[resolver] The resolver that was asked says that nothing stands there any more; the servers of the zones concerned were not asked.
} Before you publish it, make sure that you no longer use what these terms stood for. If you still use such a service, ask it for its present value instead.
plan-note-no-report-address = Add a report address at { $name } (`rua=mailto:…`): without one nobody tells you who writes in your name. Give it with `--rua`, and the plan will include it.
plan-note-third-report-address = The record names { $count } report addresses. Receivers have to serve only two: those after them may get nothing. The order is yours to choose.
plan-note-reports-authorisation = { $destination } has not declared yet that it wants your reports: whoever manages that domain has to publish `v=DMARC1` at { $record }. Before that, nothing arrives there.
plan-note-temporary = This is for a time only: put the policy `{ $policy }` back on { DATE($date) } at the latest, and write it into your calendar now. The old value, to be published again as it was, stands with the change.
plan-note-unprotected = Until then the policy `{ $policy }` no longer protects { $domain }: imitations are kept out no more, whichever of your services they imitate.
plan-note-policy-acts = From then on the policy of { $domain } asks more of receivers than it does today (`{ $policy }`). The services named here were checked; the DNS does not show the others. If you are not sure that all of them pass, publish `p=none` in its place and read the reports first.
plan-note-policy-wished = The platform asks for the policy `p={ $policy }` at { $name }; yours asks for less and stays as it is. Raise it when the reports show that all your mail passes.
plan-note-new-from = In the settings of { $sender }, choose a sender address at { $subdomain } and have that name authenticated.
plan-note-if-sends-nothing = Only if { $domain } sends no mail at all. The DNS cannot tell.

## Notes about what no record of the domain puts right.

plan-note-register = { $domain } does not exist. Check the spelling; if it is right, register the domain or renew it, and see that it is not suspended.
plan-note-own-domain = Nobody but the provider can publish records at { $domain }. Send from a domain of your own.
plan-note-dnssec = Make the DNSSEC announcement (DS record) of { $domain } fit what the DNS host signs. If the zone is signed no longer, have the DS removed; if it is, give the registrar the DS that the host shows. Until that is done, no other change is seen everywhere.
plan-note-lame-servers = These servers are listed for the zone and do not serve it: { $servers }. Whoever runs them has to set the zone up there, or the registrar has to take them off the list.
plan-note-delegation = Give the registrar and the zone the same list of servers.{ EMPTY($parent) ->
    [yes] {""}
   *[no] {" "}Only the registrar lists { $parent }.
}{ EMPTY($zone) ->
    [yes] {""}
   *[no] {" "}Only the zone lists { $zone }.
}
plan-note-stale-server = { $server } still serves an older version of the zone. Whoever runs it has to get the transfer from the primary server working again.
plan-note-servers-disagree = These servers answer otherwise than the others, with the same version of the zone: { $servers }. Whoever runs them has to load the zone again.
plan-note-servers-unreachable = The servers of the zone ({ $servers }) have IPv6 addresses only. Ask for at least one server that has an IPv4 address too.
plan-note-enter-elsewhere = The record was entered where nobody reads it. Enter it at the company that serves the zone: { $host }.
plan-note-no-answer = The { $type } question about { $name } got no usable answer. Ask again; if it goes on, the DNS host has to say why.
plan-note-alias-at-domain = { $domain } is an alias of { $target }: it cannot have records of its own. Put addresses (A, AAAA) in its place, or the record that your DNS host has for this (ALIAS, ANAME), then publish SPF and MX at this name.
plan-note-key-again = The key of the selector { $selector } cannot be repaired by guessing. Copy it again from the settings of the service that signs, in one piece, or have a new one of 2048 bits made.
plan-note-key-compromised = The secret key of the selector { $selector } was published. Have another key made, at another selector, and never use this one again.
plan-note-key-which = Several values stand at the selector { $selector }. Only the service that signs knows the right one: compare with its settings, and delete the others.
plan-note-key-rsa = Have mail signed with an RSA key of 2048 bits too: many receivers cannot read Ed25519 keys ({ $selector }).
plan-note-switch-on-dkim = Switch on DKIM signing for { $domain } in the settings of each service that sends in its name, then publish the records that it shows. Give them to Garant with `--expect`, and the plan will check them.
plan-note-values-of-account = The exact values depend on your account: take them from { $sender }, at the page where a domain is authenticated, and give them to Garant with `--expect`.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Its help page: { $page }
}
plan-note-set-up-return-path = If { $sender } allows it, set up a return address in your domain there: it is the spare when the signature is broken.{ EMPTY($page) ->
    [yes] {""}
   *[no] {" "}Its help page: { $page }
}
plan-note-target-gone = The alias leads to { $target }, where nothing stands. Ask the service for its present value; if you no longer use it, delete the alias, so that nobody else can take that name over.
plan-note-choose-label = { $name } is in use for something else. Choose another name in the settings of the service{ EMPTY($label) ->
    [yes] {""}
   *[no] , for example `{ $label }`
}, then publish the records that it shows.
plan-note-no-alias-at-domain = No alias (CNAME) can stand at { $name }, where the zone begins. Choose a subdomain in the settings of the service.
plan-note-wait = The { $type } record of { $name } is in place; it will be seen everywhere at { CLOCK($until) } UTC on { DATE($until) }. There is nothing else to do.
plan-note-record-of-other = The record of { $target } belongs to another organization: nobody else can put it right. Tell them, or take what leads there out of your record if you no longer need it.
plan-note-spf-correct = Correct the SPF record of { $name }: what it was meant to say cannot be guessed with certainty.
plan-note-spf-write = Name in the SPF record of { $name } every server and service that writes with a return address at this name. Only they can tell you their term (`include:…`).
plan-note-spf-services-apart = The SPF record takes { $count } look-ups, and { $limit } are allowed. Move one of these streams to a subdomain with a record of its own: { $list }. Never replace an `include` by the addresses in it: they change without notice.
plan-note-spf-no-plan = The SPF record takes { $count } look-ups, and { $limit } are allowed. No safe change was found: whoever manages the included record has to make it lighter.
plan-note-spf-names = Replace what leads to nothing, or to too many servers, in the SPF record: { $terms }.
plan-note-spf-everybody = `{ $term }` lets the whole Internet write in your name. Name your servers and services in its place, and end with `~all`.
plan-note-policy-decide = At { $name } there is more than one way to put things right, and only you know what was meant. Follow the finding, then check again.
plan-note-exchange = Give { $exchange } a public address (A or AAAA), or name another server in the MX record.
plan-note-receive = Whoever sends mail must be able to receive some: otherwise replies and non-delivery notices are lost, and receivers refuse such mail. Name the server that will receive them in the MX record of { $domain }.
plan-note-mta-sts-file = Add `{ $exchange }` to the MTA-STS policy file on your web server, then change the `id` of the `_mta-sts` record.
plan-note-second-support = { $receiver } asks for more than DMARC does: SPF and DKIM together. Complete the support that this mail still lacks, signature or return address, in the settings of the service.
plan-note-not-proven = The record that was asked for at { $name } is absent or wrong, and what its correction would give could not be verified from here. Publish it as the finding says, then check again.
plan-note-sign-as-domain = Have this mail signed as { $domain } itself: it then passes at all receivers, whichever standard they follow.

## Other ways.

plan-alternative-return-path = A return address in your domain
    .why = The return address of { $sender } would then belong to your domain, and SPF would support this mail.
    .cost = Forwarding can break SPF: the DKIM signature is still the best support.
plan-alternative-subdomain = A subdomain for this stream: { $subdomain }
    .why = What { $sender } sends leaves from a name of its own, with its own policy, and nothing changes for the rest of the domain.
    .cost = The sender address that readers see changes; tell them beforehand.
plan-alternative-hold = Hold this mail
    .why = { EMPTY($sender) ->
        [yes] A message that is not sent is neither refused nor filed as spam
       *[no] A message that { $sender } does not send is neither refused nor filed as spam
    }, and your domain’s reputation does not suffer.
    .cost = The messages wait until the cause is put right.
plan-alternative-monitoring = Lower the policy for a time, from `{ $policy }` to `none`
    .why = Nothing asks any more to keep this mail out. What is asked today for subdomains and for names that do not exist stays, written out in full.
    .cost = All mail as { $domain } loses its protection: a last resort, with a date for the way back.
plan-alternative-lock = Lock { $domain }, if it sends nothing
    .why = These records say that nobody sends in this name, and ask to refuse whatever claims to (`{ $record }`).
    .cost = None, as long as nothing is sent or received at this name.

## The text for an IT department or its contractor.

ticket-title = Request for a DNS change: { $domain }
ticket-purpose = Purpose: mail sent as { $domain } is to be authenticated and accepted.
ticket-purpose-sender = Purpose: mail that { $sender } sends as { $domain } is to be authenticated and accepted.
ticket-changes = Changes, to be made in this order
ticket-add = Add a { $type } record at { $name }
ticket-change = Replace the { $type } record at { $name }
ticket-delete = Delete the { $type } record at { $name }
ticket-value = Value
ticket-was = Present value
ticket-ttl = TTL: { $seconds } seconds
ticket-optional = Optional: mail passes DMARC without this change too.
ticket-only-this = The other records of this name stay as they are.
ticket-full-names = Names are given in full, without the final dot: many panels add the domain themselves.
ticket-check = How to check
ticket-check-record = This command must show the new value
ticket-check-all = This command must show none of the following as blocking mail or putting it at risk: { $list }
ticket-rollback = The way back
ticket-rollback-why = If mail is refused after the change, restore these values.
ticket-affects = Services whose mail depends on these records too
