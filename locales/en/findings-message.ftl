### One message. Arguments everywhere: $domain (of its author, empty where there is none), $name. Fields are named as they are written.

# What shows that a message is one of many.
message-part-bulk = { $bulk ->
        [fields] Fields of the message ({ $signs }) show that it is sent in bulk.
        [link] The message holds a link to unsubscribe, as bulk mail does.
       *[no] Nothing in this message shows that it is sent in bulk.
    }

finding-message-field-repeated = The field `{ $field }` stands { $count } times
    .why = A message may have it once (RFC 5322, section 3.6). Each program picks another one: what was signed and checked may not be what the reader sees. { $field ->
        [From] With several fields `From`, nobody can say who the author is: Gmail refuses such a message.
       *[other] Gmail, among others, refuses messages with fields that stand twice.
    }
    .fix = Have the program that writes the message keep one field `{ $field }`. Often a template and the sending service each add one.

finding-message-no-from = The message does not say who it is from: no field `From`
    .why = Every message needs one (RFC 5322, section 3.6). Without it there is no author to show and no domain that DMARC could check: large receivers refuse the message.
    .fix = Have the program that writes the message add `From` with one address in your domain.

finding-message-from-unreadable = The field `From` holds no address that can be read
    .why = Without an address there is no author domain, so DMARC has nothing to check. Large receivers refuse such a message.
    .fix = Write one address, with a name before it if you like: `From: Your Company <contact@yourcompany.com>`.

finding-message-no-date = The message has no date
    .why = Every message needs a field `Date` (RFC 5322, section 3.6). Programs then show the time of arrival, or none, and filters take it for the work of a careless script.
    .fix = Have the program that writes the message add `Date`, with the time zone.

finding-message-date-malformed = The date of the message cannot be read
    .why = It is not in the form that RFC 5322 (section 3.3) asks for, with English names of days and months. Programs show another date or none, and filters count it against the message.
    .fix = Write it like this: `Date: Thu, 1 Jan 2026 12:00:00 +0100`. A program that writes dates in the reader’s language is the usual cause.

finding-message-date-future = The message is dated { $hours ->
        [one] one hour
       *[other] { $hours } hours
    } after it arrived
    .why = By the server that took it last, it arrived before it was written. A message from the future stays on top of the list: spammers do that, so filters count it against the message.
    .fix = Set the clock and the time zone of the machine that writes the message.

finding-message-date-old = The message is dated { $days } days before it arrived
    .why = By the server that took it last, it was under way longer than servers try. Either it waited for somebody, or its date is wrong; programs sort it where nobody looks.
    .fix = If it waited in a queue or for approval, nothing to change. Otherwise look at the clock of the machine that writes the message, and at templates with a fixed date.

finding-message-no-message-id = The message has no `Message-ID`
    .why = Every message should have one (RFC 5322, section 3.6.4): answers are tied to it, duplicates recognised, a lost message found in logs. Gmail refuses some messages for that.
    .fix = Have the program that writes the message, or the server that takes it from there, add one.

finding-message-message-id-malformed = The `Message-ID` is not in the form `<unique@domain>`
    .why = It should be one identifier with an `@` between angle brackets, without spaces (RFC 5322, section 3.6.4). Answers may not find their message, and filters count it against the sender.
    .fix = Write something unique, an `@`, and a domain of yours: `Message-ID: <7f3c9a@yourcompany.com>`.

finding-message-message-id-domain = { $kind ->
        [local] The `Message-ID` ends with { $host }, a name of one network only
       *[foreign] The `Message-ID` ends with { $host }, which nobody else in this message speaks of
    }
    .why = { $kind ->
        [local] The name of a machine that the Internet does not know says that the program was never set up for sending mail, and two such machines may give out the same identifier.
       *[foreign] It is neither the author’s domain nor that of a signature, nor that of a server that the message passed. Nothing fails because of that, but it is a trait of copied messages.
    }
    .fix = Have the program that writes the message use your domain, or that of the sending service, behind the `@`.

finding-message-no-subject = The message has no subject
    .why = Readers see an empty line in their list, which they tend not to open, and filters count it a little against the message.
    .fix = Write a subject that says what the message is about.

finding-message-header-not-ascii = Letters with accents stand unencoded in the header ({ $fields })
    .why = Without a special agreement between servers (RFC 6532) a header holds ASCII only (RFC 5322, section 2.2). Some servers refuse the message or rewrite it, which breaks its signature, and readers see gibberish.
    .fix = Have the program that writes the message encode them (RFC 2047): `=?UTF-8?Q?R=C3=A9ponse?=`. Every library for mail can do that.

finding-message-long-line = { $count ->
        [one] A line of { $octets } octets: at most { $limit } are allowed
       *[other] { $count } lines are too long: the longest has { $octets } octets, at most { $limit } are allowed
    }
    .why = Beyond { $limit } octets a server may refuse the message or break the line (RFC 5322, section 2.1.1). A broken line changes the text, and the signature no longer matches.
    .fix = Have the text encoded as quoted-printable or base64, and long fields folded. HTML on a single line is the usual cause.

finding-message-bare-cr = A line end is only half there: a CR without LF
    .why = RFC 5322 (section 2.3) allows the two only together. Servers drop the lone CR, put a line end in its place, or refuse the message: what arrives is not what was signed.
    .fix = Have the program that writes the message end each line with CR LF, and remove stray CRs from its templates.

finding-message-mixed-line-ends = Some lines end with CR LF, others with LF alone
    .why = On its way every line ends with CR LF (RFC 5322, section 2.3). Some servers refuse a lone LF, because it has been used to smuggle in a second message; others put CR LF there. If the file was edited after it was saved, the mixture may come from that.
    .fix = Have the program that writes the message end each line with CR LF. If you edited the file, save it again from the mail program, as source.

finding-message-junk-in-header = { $count ->
        [one] A line in the header is no field
       *[other] { $count } lines in the header are no fields
    }
    .why = Each line there has to be `Name: value` or begin with white space (RFC 5322, section 2.2). Servers take such a line for the end of the header, drop it, or refuse the message: the fields behind it may be lost.
    .fix = Look for what writes it: a template with an empty line, a value with a line end in it. Fields that stand behind it are the ones to look at.

finding-message-no-mime-version = `MIME-Version` is absent, although the message says what its content is
    .why = `MIME-Version: 1.0` says that the other content fields are to be read (RFC 2045, section 4). A program that is strict about it shows the source of the message in place of its text.
    .fix = Have the program that writes the message add `MIME-Version: 1.0`.

finding-message-not-all-read = { $what ->
        [parts] The message has more parts than are looked at
       *[html] The text of the message is longer than what is looked at
    }
    .why = So that no message can keep Garant busy, only the beginning is read. What is said here is about that; of the rest, nothing is said, neither good nor bad.
    .fix = Nothing to change for this alone. A message that people are meant to read is far below the limit.

finding-message-several-authors = `From` names { $count } authors
    .why = { $sender ->
        [yes] That is allowed, since `Sender` says which one sent it (RFC 5322, section 3.6.2), but hardly anybody does it.
       *[no] Then a field `Sender` has to say which one sent it (RFC 5322, section 3.6.2); there is none.
    } DMARC is made for one author domain: many receivers refuse such a message, or file it as spam.
    .fix = Put one address into `From`, and the others into `Reply-To` or `Cc`.

finding-message-sender-superfluous = `Sender` repeats the address of `From`
    .why = It says who sent the message when that is not the author; where both are the same, it should be left out (RFC 5322, section 3.6.2). Nothing breaks because of it.
    .fix = Have the program that writes the message leave `Sender` out.

finding-message-sender-foreign = `Sender` ({ $sender }) is of another organization: Outlook shows “on behalf of”
    .why = Where `Sender` is not `From`, Outlook names both: one sends on behalf of the other. DMARC does not look at `Sender`, so nothing fails, but readers see a name they may not know.
    .fix = If this is a sending service, authenticate your domain there; most then leave `Sender` out, some by a setting of its own.

finding-message-reply-to-foreign = Answers go to another organization: { $reply_to }
    .why = The displayed sender is in { $domain }, and who answers writes to somebody else. That is usual with support desks and mailing lists; it is also how fraud works, so filters look at it.
    .fix = If you can, use an address in your own domain for answers, and have it forwarded.

finding-message-reply-to-free-mail = Answers go to a mailbox that anybody can open: { $reply_to }
    .why = The displayed sender is in { $domain }, a domain of its own, but answers leave it for a mailbox provider. This is the very form of the usual invoice fraud, and filters treat it so.
    .fix = Have answers go to an address in { $domain }.

finding-message-display-name-address = The displayed name holds { $kind ->
        [address] an address
       *[domain] a domain
    } of another organization: { $shown }
    .why = Many programs show the name and hide the address. A name that holds somebody else’s { $kind ->
        [address] address
       *[domain] domain
    } pretends to be from there: that is what fraud does, and filters treat it so. Mailing lists that rewrite the sender do it too.
    .fix = Put your name there, and nothing that looks like an address.

finding-message-look-alike-domain = The sender’s domain only looks like { $resembles }
    .why = It is written with letters of another script ({ $list }) that no eye tells from Latin ones. This is how well-known domains are imitated; programs show such a name in its coded form or warn of it.
    .fix = If the domain is yours, send from one that is written in Latin letters only. If not, take the message for an imitation.

finding-message-free-mail-by-platform = An address at { $domain } sends, but { $signers } signed
    .why = Only the mailbox provider can sign for { $domain }, and it did not. To receivers such a message looks like spoofing: those of { $domain } and many others refuse it or file it as spam, and no DNS record of yours can change that.
    .fix = Send from an address in a domain of your own, authenticated at the service that sends. The mailbox may stay in `Reply-To`, though an address of your own is better there too.

finding-message-unsubscribe-absent = { $bulk ->
        [no] No `List-Unsubscribe`: right for an invoice or a letter
       *[other] Bulk mail without the unsubscribe button of mail programs (`List-Unsubscribe`)
    }
    .why = { message-part-bulk } { $bulk ->
        [no] If it is a newsletter or a campaign all the same, Gmail, Yahoo and Apple want it.
       *[other] Gmail, Yahoo and Apple require a way to unsubscribe of bulk mail, and Gmail the one-click form. Who finds none presses “spam”.
    }
    .fix = { $bulk ->
        [no] If this is sent to one person because of what they did (an order, an invoice), nothing to change. If it goes to many, have the sending service add `List-Unsubscribe` and `List-Unsubscribe-Post`.
       *[other] Have the sending service add `List-Unsubscribe` with an https address, and `List-Unsubscribe-Post: List-Unsubscribe=One-Click`.
    }

finding-message-unsubscribe-mailto-only = One unsubscribes by writing a message only (`mailto`)
    .why = { message-part-bulk } Yahoo takes an e-mail address in `List-Unsubscribe`; for Gmail, bulk mail needs an https address and one click (RFC 8058).
    .fix = { $bulk ->
        [no] If this message goes to many, add an https address and `List-Unsubscribe-Post`. If not, nothing to change.
       *[other] Have the sending service add an https address beside the `mailto`, and `List-Unsubscribe-Post`.
    }

finding-message-unsubscribe-not-https = The address for unsubscribing is not encrypted (`http`)
    .why = { message-part-bulk } One-click unsubscribing is only for https addresses (RFC 8058, section 3.1): mail programs leave out the button, or ask first.
    .fix = Write the address with `https://`, and add `List-Unsubscribe-Post: List-Unsubscribe=One-Click`.

finding-message-unsubscribe-malformed = `List-Unsubscribe` cannot be read
    .why = It should hold one or more addresses, each between angle brackets, with commas between them (RFC 2369). Mail programs that find none show no button.
    .fix = Write `List-Unsubscribe: <https://yourcompany.com/unsubscribe/7f3c9a>`. A field that was encoded as text (`=?UTF-8?…?=`) is one that cannot be read.

finding-message-unsubscribe-repeated = The field `{ $field }` stands { $count } times
    .why = One of each is allowed (RFC 2369; RFC 8058, section 3.1). Mail programs take one of them or none, and a signature may cover another.
    .fix = Keep one. Often both your own program and the sending service add it; several addresses belong into one field, with commas.

finding-message-one-click-absent = One can unsubscribe, but not with one click
    .why = { message-part-bulk } There is an https address, but without `List-Unsubscribe-Post` a mail program must not use it by itself (RFC 8058): programs open links to look at them, and would unsubscribe people by mistake. Gmail requires one click of commercial bulk mail.
    .fix = Add `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, and have the address accept a POST without login, cookies or redirection.

finding-message-one-click-invalid = `List-Unsubscribe-Post` does not say what it must
    .why = It may hold `List-Unsubscribe=One-Click` and nothing else (RFC 8058, section 3.1). With any other value mail programs show no one-click button.
    .fix = Write `List-Unsubscribe-Post: List-Unsubscribe=One-Click`, letter by letter.

finding-message-one-click-without-https = One click is announced, but there is no https address for it
    .why = `List-Unsubscribe-Post` counts only together with an https address in `List-Unsubscribe` (RFC 8058, section 3.1). As it is, mail programs ignore it.
    .fix = Add an https address of yours to `List-Unsubscribe`, between angle brackets.

finding-message-one-click-not-signed = One-click unsubscribing does not count: no signature covers it
    .why = { $reason ->
        [unsigned] The message has no DKIM signature.
        [failed] The message is signed, but none of its DKIM signatures is good.
       *[unlisted] The signature covers other fields, but not both `List-Unsubscribe` and `List-Unsubscribe-Post`: they do not stand in its `h=`.
    } Both must be covered by a valid signature (RFC 8058, section 4), otherwise anybody could have put the address there; mail programs then show no button.
    .fix = { $reason ->
        [unlisted] Have whoever signs list both fields in `h=`; a server that adds them after signing has to sign afterwards.
       *[other] Put the DKIM signature right first; it is told of apart.
    }

finding-message-one-click-not-oversigned = A second `List-Unsubscribe` could be added without breaking the signature
    .why = The signature covers the fields that are there, but does not forbid further ones. Whoever passes the message on could put another address above yours, and the signature would still be good.
    .fix = Have whoever signs list both names in `h=` once more than they stand in the message.

finding-message-one-click = One can unsubscribe with one click
    .why = `List-Unsubscribe` has an https address, `List-Unsubscribe-Post` says what it must, and a signature covers both (RFC 8058). Whether the address answers cannot be told from the message.
    .fix = Nothing to change.

finding-message-no-unsubscribe-link = { $wording ->
        [yes] The text speaks of unsubscribing, but holds no link for it
       *[no] Bulk mail without a link to unsubscribe in its text
    }
    .why = Fields of the message ({ $signs }) show that it is sent in bulk. Gmail wants a clearly visible link in the text of such mail, besides the button of the mail program. Who finds no link presses “spam”, and that is aimed at the sender. Links were recognised by their words in seven languages.
    .fix = Put a link to unsubscribe into the text, in plain sight and in plain words.

finding-message-unsubscribe-hidden = The link to unsubscribe cannot be seen
    .why = { $how ->
        [display] It is in the HTML, but its style says not to show it.
        [size] It is in the HTML, but its letters are a pixel high at most.
        [colour] It is in the HTML, but has the colour of its background.
       *[empty] It is in the HTML, but has neither text nor picture.
    } For the reader there is none; to filters, hidden text is a trait of spam.
    .fix = Show the link: in the size of the text around it, in a colour that stands out.

finding-message-html-without-text = HTML without the same as plain text
    .why = Programs and readers that show no HTML see nothing, or tags. Filters count it a little against the message, since hasty programs write only HTML.
    .fix = Have the sending program add a text part (`multipart/alternative`); most services make it from the HTML.

finding-message-text-empty = The plain text beside the HTML is empty
    .why = Who reads as text (a watch, a screen reader, a strict company) sees an empty message, and filters compare the two parts.
    .fix = Have the text part made from the HTML.

finding-message-text-differs = The plain text does not say what the HTML says ({ $text } letters, { $html } in the HTML)
    .why = Both should say the same (RFC 2046, section 5.1.4): each reader sees only one of them. A text that only sends to the HTML helps nobody, and filters compare the two parts.
    .fix = Have the text part made from the HTML, with its links written out.

finding-message-link-differs = { $count ->
        [one] A link
       *[other] { $count } links
    } shown as { $shown } { $count ->
        [one] leads elsewhere
       *[other] and the like lead elsewhere
    }
    .why = The text of the link is an address, and the link goes to another organization: { $target }. That is what phishing does, and some programs warn the reader. Counting clicks by the sending service’s domain has the same effect.
    .fix = Show words in place of an address (“Read on”), or have the service count clicks under a subdomain of yours.

finding-message-link-to-address = { $count ->
        [one] A link leads
       *[other] { $count } links lead
    } to an IP address in place of a name
    .why = Honest sites have a name. Links like { $target } are nearly always those of a machine that was taken over, and filters treat them so.
    .fix = Use the name of the site, with `https://`.

finding-message-link-not-https = { $count ->
        [one] A link is
       *[other] { $count } links are
    } not encrypted (`http`)
    .why = Anybody on the way can read and change what the reader sees there, and browsers warn of it: { $target }.
    .fix = Write the addresses with `https://`. If the service counts clicks under a subdomain of yours, have it get a certificate.

finding-message-link-shortened = { $count ->
        [one] A link goes
       *[other] { $count } links go
    } through a public link shortener
    .why = An address like { $target } does not say where it leads, and spammers use the same services: filters judge yours by theirs.
    .fix = Write out the whole address, or shorten it under a domain of yours.

finding-message-link-script = { $count ->
        [one] A link is
       *[other] { $count } links are
    } no address but { $scheme ->
        [data] a page of its own
       *[other] a program
    } (`{ $scheme }:`)
    .why = Mail programs do not run it, and filters take it for an attack; some receivers refuse the message.
    .fix = Put the page on a site, and link to it.

finding-message-html-large = The HTML has { $kilobytes } kB: Gmail cuts it off after about { $limit } kB
    .why = Gmail shows what comes first and a link to the rest. What stands at the end is not seen, and that is where the link to unsubscribe usually is.
    .fix = Shorten the message: fewer blocks, styles once in place of in every cell, pictures as links.

finding-message-large = The message has { $megabytes } MB, more than { $limit } MB
    .why = Receivers limit what they take: many small servers to 10 MB, many companies to 20, providers to 25 or a little more. What is counted is the message as it travels, with attachments a third larger than on disk.
    .fix = Put large files on a site, and send the link.

finding-message-pictures-only = { $count ->
        [one] One picture
       *[other] { $count } pictures
    } and hardly a word
    .why = Beside links the message holds { $letters } letters. Readers whose program shows no pictures see nothing, nor do the blind; and since spam hides its words in pictures, filters treat such a message with distrust.
    .fix = Write the text as text, and keep pictures for what is a picture. Give each an `alt`.
