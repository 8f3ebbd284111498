# What receivers ask for and what they answer, and `garant receivers`.

## What a receiver answers. The texts in quotes are the receiver’s own.

receivers-answer = { $receiver } { $replies }
receivers-answers = possible replies
receivers-or = or
receivers-codes = { $temporary } at first, later { $permanent }
receivers-reply = { $codes ->
    [none] “{ $text }”
   *[other] { $codes }, “{ $text }”
}

## What a reply means: the part of authentication, or the reason.

receivers-means-dmarc-policy = DMARC fails, and the domain’s own policy asks for refusal
receivers-means-dmarc-absent = the domain publishes no DMARC policy
receivers-means-not-aligned = what SPF and DKIM prove does not agree with the displayed address (alignment)
receivers-means-spf-fail = the SPF record does not allow the server that sent it
receivers-means-spf-error = the SPF record cannot be used
receivers-means-spf-absent = SPF does not pass
receivers-means-dkim-absent = no DKIM signature passes
receivers-means-nothing-passes = neither SPF nor DKIM passes
receivers-means-unspecified = authentication is not sufficient; which part, it does not say
receivers-means-reverse-dns = the address of the sending server has no name, or one that does not lead back to it
receivers-means-tls = the connection was not encrypted
receivers-means-rate-limited = too many messages or connections in too short a time
receivers-means-reputation = the reputation of the server or domain is too low
receivers-means-client-blocked = the address of the sending server is on a block list
receivers-means-format = the form of the message is faulty
receivers-means-spam = it was taken for spam
receivers-means-malware = it was taken for malware
receivers-means-policy = a rule of the receiver, which it does not name
receivers-means-protocol = the server does not keep to the protocol
receivers-means-access-denied = it asks for a password
receivers-means-sender-refused = the sender’s address is refused
receivers-means-address-unknown = nobody has this address
receivers-means-address-suspended = the recipient’s account is blocked
receivers-means-recipient-refused = the recipient is refused
receivers-means-mailbox-full = the mailbox is full
receivers-means-deferred = to be tried again later

## What is asked for. $number: how much of it; $aim: a stricter number that is advised.

receivers-asks-spf-or-dkim = SPF or DKIM passes
receivers-asks-spf-and-dkim = SPF and DKIM both pass
receivers-asks-aligned-leg = one of the two passes for a name that agrees with the displayed address (alignment)
receivers-asks-dmarc-record = the domain publishes a DMARC policy, be it `p=none`
receivers-asks-dmarc-pass = DMARC passes
receivers-asks-spf-not-fail = the SPF record does not exclude the server (`fail`)
receivers-asks-reverse-dns = the address of the sending server has a name (PTR), which leads back to it
receivers-asks-helo = the server greets by its full name (HELO)
receivers-asks-tls = the connection is encrypted (TLS)
receivers-asks-message-format = the message is well formed (RFC 5322)
receivers-asks-own-from = the displayed address is not one of the receiver’s own domain
receivers-asks-spam-rate = fewer than { $number } messages in 1,000 are reported as spam{ $aim ->
    [none] {""}
   *[other] {""}; better fewer than { $aim }
}
receivers-asks-dkim-bits = the DKIM key has { $number } bits or more
receivers-asks-one-click = one click unsubscribes (List-Unsubscribe-Post, RFC 8058)
receivers-asks-list-unsubscribe = a List-Unsubscribe field, by one click or by mail
receivers-asks-unsubscribe-link = a link to unsubscribe that readers see
receivers-asks-unsubscribe-days = whoever unsubscribes gets nothing more after { $number ->
    [one] one day
   *[other] { $number } days
}
receivers-asks-arc = whoever forwards mail adds an ARC chain
receivers-asks-connections = { $number } connections at once from one address at most
receivers-asks-messages-per-connection = { $number } messages in one connection at most
receivers-asks-size = { $number } MB at most
receivers-asks-feedback-id = a Feedback-ID field
receivers-asks-signal-spam = the sender receives complaints through Signal Spam

## What would tell whether it is met.

receivers-tells-message = a message that was received tells
receivers-tells-server = the server that sends tells
receivers-tells-receiver = the receiver’s own figures tell
receivers-tells-sender = only you know

## The command `garant receivers`.

cli-receivers = Lists the receivers whose rules are known, or shows one in full
cli-receivers-word = The id or name of a receiver, such as gmail or orange
cli-receivers-format = Form of the result: text or json; text otherwise

error-receiver = “{ $input }” is not a receiver whose rules are known. `garant receivers` lists them all.

receivers-list = { $count ->
    [one] The rules of one receiver are known.
   *[other] What is known of { $count } receivers.
} `garant receivers NAME` shows one in full; `garant check DOMAIN` says what they do with your mail.
receivers-entry = { $name } ({ $confidence }){ $count ->
    [none] {""}
   *[other] {""}; bulk from about { $count } messages in { $hours } h
}
receivers-id = id
receivers-confidence = certainty of the rules
receivers-date = the rules as of
receivers-source = source
receivers-hosts = its servers
receivers-threshold = bulk sender
receivers-threshold-text = { $close ->
    [yes] from close to { $count } messages in { $hours } hours
   *[no] from { $count } messages in { $hours } hours
}{ $counted ->
    [organizational-domain] {""}, those of subdomains included
    [author-domain] {""}, for each domain of the displayed address
   *[none] {""}
}{ $permanent ->
    [yes] {""}; whoever reached it once remains one
   *[no] {""}
}
receivers-threshold-none = it publishes no number
receivers-all = What it asks of everybody
receivers-bulk = What it asks of bulk senders besides
receivers-nothing = Nothing is published.
receivers-marketing = { $text } (newsletters and advertising)
receivers-replies = What it answers, and what that means
receivers-replies-source = source of most
