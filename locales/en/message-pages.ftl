# Pages about one message, and about messages of non-delivery.

## The forms.

message-form-title = How did this message fare?
message-form-lead = Paste a message that arrived or was refused. You read what SPF, DKIM and DMARC say of it, step by step, and what Gmail, Outlook, Orange and others do with such mail.
message-form-pasted = The message with its header
message-form-pasted-hint = The whole source is best. The header alone is enough for SPF and DMARC; whether the body was changed can then not be told.
message-form-file = Or its file
message-form-file-hint = A file `.eml`, 10 MB at most. You may also drop it onto this page.
message-form-send = Trace this message
message-form-more = What is known of its arrival
message-form-more-about = What is left empty is read in the message, and the answer says where. Fill these in for a message that was refused: it bears no trace of its arrival.
message-form-ip = Address of the sending server
    .hint = For example `192.0.2.25`, as the receiver’s log or the bounce has it.
message-form-helo = Name that it gave
    .hint = What it said in HELO or EHLO, for example `mail.exemple.fr`.
message-form-mail-from = Return address
    .hint = MAIL FROM, for example `bounces@em.exemple.fr`. Write `<>` for the empty one.
message-form-receiver = The receiving server
    .hint = For example `mx.google.com`, or a name such as `gmail`. Results that bear its name are believed.
message-form-trust-sealer = Sealers that it trusts (ARC)
    .hint = For example `lists.example`; several with commas between them. What they say they found is used as a receiver would that trusts them.
message-form-kept = What you send is looked at and forgotten at once. The DNS is asked about the domains in it, and nobody else is told.
message-keep = Keep this result for { $days } days, behind a link that only those who have it can open
    .hint = What the result page says is kept, with the addresses, subject and servers that it names; the message itself is not. A button on that page deletes it at once.
message-form-absent = There is nothing to look at yet. Paste a message, or choose its file.
message-form-one = Choose one file: a message is traced by itself.
message-form-it = The pasted text
message-sources = Where the source is found
message-sources-about = What programs show is a shortened view. The source has everything that servers wrote into the message.
message-source-gmail = Gmail
    .steps = Open the message, then the three dots at its top right: “Show original”, and “Copy to clipboard”.
message-source-outlook-web = Outlook on the web
    .steps = Open the message, then the three dots: “View”, “View message source”.
message-source-outlook = Outlook on Windows
    .steps = Open the message in a window of its own: “File”, “Properties”, and copy the “Internet headers”. The body is not part of them.
message-source-apple-mail = Apple Mail
    .steps = “View”, “Message”, “Raw Source”. Or drag the message to the desktop: that is its file.
message-source-thunderbird = Thunderbird
    .steps = “More”, “View Source”, or Ctrl+U. “Save As” makes a file `.eml`.
message-source-webmail = Orange, Free, La Poste, Roundcube
    .steps = Look for “Source”, “Full header” or “Download (.eml)” in the menu of the message.

bounce-form-title = Why was this mail refused?
bounce-form-lead = Paste a message of non-delivery, or only the line with which the receiver refused. You read whether it is for good, whose fault it is, and whether your domain’s records are the cause.
bounce-form-pasted = The message of non-delivery, or the receiver’s reply
bounce-form-pasted-hint = With its header and attachments, or a line such as `550 5.7.26 …`.
bounce-form-file = Or files
bounce-form-file-hint = Files `.eml`, or a mailbox file `.mbox`; 10 MB in all. With several, you also get a summary by cause.
bounce-form-send = Explain
bounce-form-absent = There is nothing to look at yet. Paste a message of non-delivery, or choose files.
bounce-title-one = What came back
bounce-another = Another one
bounce-counts = How often, and why
bounce-each = One by one
bounce-one-of-several = { $address } and { $count ->
    [one] one other
   *[other] { $count } others
}
bounce-detail = In detail
bounce-more = { $count ->
    [one] One more is counted above and not shown.
   *[other] { $count } more are counted above and not shown.
}
bounce-files-cut = There were more files than one form takes; the first ones were read. For large collections there is the command `garant bounce`.
bounce-column-domain = Domain
bounce-column-recipients = Recipients
bounce-column-authentication = Refused for authentication
bounce-column-policy = By its own policy

## A traced message.

message-check = Check { $domain }
message-another = Another message
message-steps = Step by step
    .about = In the order in which a receiver works, each with what was read, asked and compared.
message-receivers = On arrival
    .about = What receivers do, by their published rules and the policy that applies.
message-receivers-bulk = For senders of many messages
message-column-does = What it does
message-findings = The message itself
    .about = What else makes mail look like spam, or breaks it.
message-written = The field
    .about = What a receiver that came to this result would write.
message-step-identifier = Identifier
message-step-read-at = Where it was read
message-step-organizations = Organizations
message-step-section = By
message-step-asked = { $count ->
    [one] One answer of the DNS
   *[other] { $count } answers of the DNS
}
message-step-before = Previous step
message-step-after = Next step
message-under = What they would do under `p={ $policy }`
message-hops = { $count ->
    [one] One server noted that it passed
   *[other] { $count } servers noted that it passed
}
message-hop-nobody = not named
message-hop-later = after the arrival
message-hop-fetch = fetched from a mailbox
message-hop-internal = inside the receiver
message-hop-border = the arrival at the receiver
message-hop-beyond = noted before the arrival; anybody can write such a line
message-asked = What receivers ask of those who send much
    .about = Read in this message alone. What depends on the server, on complaints or on your habits cannot be read in it.
message-column-asked = What is asked for
message-column-here = Here
message-column-by = By whom
message-met = Met
message-not-met = Not met
message-not-met-if-marketing = Not met, if this is a newsletter or advertising: nothing in the message shows it
message-met-unknown = Not established
message-met-told-by = Cannot be told here: { $by }
message-text-unread = A file and a pasted text were sent; only the file was looked at.

## A result that is kept, or is not.

message-not-kept = Nothing of this is kept, and this page has no address: print it or save it if you need it again. For a link to show to others, send the same once more with the box ticked.
message-keep-failed = { $why ->
    [long] This result is not kept: it is longer than the { $limit } KiB that one may take. Fewer messages at a time make a shorter one.
    [full] This result is not kept: there is no room for another one here at the moment.
   *[broken] This result is not kept: this site could not write it down just now.
} Nothing of it is lost: this page has all of it. Print it or save it.
message-kept-until = Found on { $found }, kept until { $day }.
message-kept-to = Share or forget
message-kept = Kept
message-kept-about = Until { $until }, what this page says is kept, in French and in English, addresses and subject included. The message itself is not kept, nor who sent it here. The records and replies are those of { $found }: nothing was asked since. Whoever has the link can read this page; search engines are asked to leave it out.
message-kept-link = The link of this result
message-kept-link-copy = the link of this result
message-forget = Forget now
message-forget-about = Deletes this result at once, for everybody who has the link. Nobody can bring it back.
message-forgotten = It is forgotten
    .about = The result was deleted. Its link leads to nothing any more.
message-gone = This result is not kept any more
    .about = Its time has passed, or somebody who had its link had it forgotten, or the link was cut on its way to you. You can send the message again.
