# Pages: what is around them, the front page, pages that say one thing.
page-skip = Skip to content
page-nav = Main
page-nav-check = Check
page-nav-message = Message
page-nav-bounce = Bounce
page-nav-help = Help centre
page-language = Language
page-foot-accessibility = Accessibility: not conformant
page-foot-about = About Garant
page-foot-kept = What Garant keeps
page-foot-support = Contact support
page-foot-quiet = No cookies, no request to any other host.
page-copied = Copied
page-not-copied = Select and copy it
page-found-none = No suggestion
page-found-one = One suggestion
page-found-many = % suggestions
page-nowhere = There is no page here
    .about = The address may have been cut on its way to you. The check and the help centre are one link away, above.
page-check-gone = This check is not kept any more
    .about = A check is kept for a time, then forgotten with its link. Or the link was cut on its way to you. You can check the domain again.
page-full = Nothing more can be kept here at the moment
    .about = A check is kept behind its link, and there is no room for another one. Whoever runs this site has to make some. `garant check` in a terminal needs no room.
page-busy = Too many checks are waiting
    .about = Nothing was lost. Please try again in a minute.
page-broken = Something went wrong here
    .about = This is our failure, not your domain's. Please try again in a minute.
page-wrong-method = This address is not a page to open
    .about = It takes what a form sends. Begin at the form: the check is one link away, above.
page-too-large = This is more than can be read here
    .about = The form was larger than a question can be. Send the records that are in question and leave out the rest.
upload-too-large = This is larger than what is read here
    .about = One form takes 10 MB in all. Send fewer files, or paste only the header of the message. For thousands of bounces there is the command `garant bounce`.
upload-broken = What was sent did not arrive whole
    .about = The connection was cut off on the way, or the form is damaged. Nothing was kept. Please send it again.
page-not-a-form = What was sent is not a form that can be read here
    .about = Programs find how to ask in the API. To ask yourself, use the form: the check is one link away, above.
front-title = Who vouches for your mail?
front-title-error = Please correct: { $title }
front-form = Check a domain
front-domain = Your domain, or an address in it
    .hint = For example `votreentreprise.fr`. Garant asks the DNS now, and answers in one sentence.
front-check = Check
front-key = Enter
front-more = Ask more exactly: a sending service, an address, DKIM selectors
front-rare = What few people need: return address, signature, server, records asked for, reports
front-sender = Sending service
    .hint = Who sends the mail in your name, for example ActiveCampaign or Brevo. The answer is then about this service.
front-error-sender = “{ $input }” is no sending service that is known here.{ $suggestion ->
    [none] {""}
   *[other] {" "}Did you mean { $suggestion }?
} The field offers them all; one that is not there is described by its parts, return address and signature, further below.
front-from = Address that readers see
    .hint = The “From” of your mail, for example `contact@news.votreentreprise.fr`. It decides which domain is checked.
front-selectors = DKIM selectors
    .hint = The names of your keys, divided by commas, for example `s1, s2`. They stand in a signature behind `s=`.
front-mail-from = Domain of the return address
    .hint = What stands behind `Return-Path:` in a message that was received. SPF looks there.
front-signed-by = Signatures
    .hint = The domain behind `d=`, with its selector where you know it: `votreentreprise.fr:s1`.
front-ip = Address of the sending server
    .hint = IPv4 or IPv6, for example `203.0.113.7`.
front-expect = Records that a platform asked for
    .hint = A list as JSON: `[{"{"}"type": "CNAME", "name": "s1._domainkey", "value": "s1.example.net"{"}"}]`.
front-rua = Address for reports
    .hint = Where receivers shall send DMARC reports. Used where the plan publishes a policy.
front-authority = Ask the domain’s own name servers in any case, not only in doubt
front-picture = A letter, its envelope and its seal
    .about = Three names: in the letter the name that people read, on the envelope the return address, in the wax the seal of the domain that signs.
front-picture-from = From
front-picture-author = you@yourdomain
front-picture-return = bounces@em.yourdomain
front-name-author = The name people read
    .about = , in the letter.
front-name-return = The return address
    .about = , on the envelope: SPF looks there.
front-name-seal = The seal
    .about = , which DKIM leaves. It, or the return address, must belong to the first name.
front-refused = A message was refused?
    .link = Paste the bounce
front-arrived = A message lies in spam, or says “via”?
    .link = Paste its source
front-samples = Samples
    .about = Questions whose answers are worth reading
front-help-about = In plain words, in two languages
front-search = Search the help centre
front-search-go = Search
front-search-hint = An error code from a bounce works too, for example `550 5.7.26`.
taken-from-address = The domain was taken out of the address that you typed.
taken-from-url = The domain was taken out of the web address that you typed.
taken-from-www = You typed the name of a web server; what is checked is the domain beneath it, without `www`.
running-title = Checking { $domain }
running-state = In progress
running-waiting = This check waits for its turn: others were there first. It begins by itself, nothing is to be done.
running-asking = { $count ->
    [0] Garant is asking the DNS about { $domain }. The first answers are on their way.
    [one] Garant is asking the DNS about { $domain }. One answer has come in.
   *[other] Garant is asking the DNS about { $domain }. { $count } answers have come in.
}
running-planning = All answers have come in. Garant is finding out which records would help.
running-servers = Who has answered so far
running-seen = Already seen
running-seen-about = Nothing of this is judged yet, and what is not listed may still come.
running-look = Look now
running-lost = The check of { $domain } could not be brought to its end
    .about = This is our failure and says nothing about the domain. Nothing was kept. You can ask the same question again.
running-lost-state = No answer
running-again = Ask again
share-title = The records to publish for { $domain }
share-margin = For whoever manages the DNS
share-back = The whole check of { $domain }
share-sentence = { $open ->
    [0] { $count ->
        [0] There is nothing to publish: no change of a record would improve what the check says.
       *[other] Everything that was asked for is in place. There is nothing to do.
    }
    [one] One record is to be seen to. What to type, whether it is there, and the way back stand below.
   *[other] { $open } records are to be seen to. What to type, whether they are there, and the way back stand below.
}
share-asked = As it stood at { CLOCK($at) } UTC on { DATE($at) }.
share-look = Look again
share-records = The records
share-record = { $type } at { $name }
share-right = In place
share-waiting = Waiting for caches
share-to-publish = To publish
share-to-change = To replace
share-to-remove = To remove
share-to-correct = To correct
share-unknown = Not known
share-copy = Copy
share-whole = In full
    .about = Whole names, for any panel or a zone file
share-ttl = TTL { $seconds }
share-removed = To remove:
share-zone = Download as lines of a zone file
share-ticket = Ticket
    .about = To paste into a request for whoever runs your DNS
share-send = Pass on
    .about = No account is needed to read this page
share-kept = Link, good until { DATE($until) }
share-link = Link
share-mail = Write a letter with this link
share-private = Whoever has this link can read the page; nobody can guess it, and search engines leave it out. What stands in the DNS is public anyway.
share-letter-subject = DNS records for { $domain }
share-letter = Hello,
    { "" }
    Please publish the records below for { $domain }. This page has the exact values, and shows whether they are in place:
    { $link }
    { "" }
