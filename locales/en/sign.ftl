# `garant keygen` and `garant sign`.
cli-keygen = Makes a key for DKIM signatures, and says which record to publish
cli-keygen-domain = The domain that signs: that of your e-mail address
cli-keygen-selector = The name of the key; otherwise one with today’s date, such as g20260706
cli-keygen-algorithm = rsa, which every receiver verifies, or ed25519, beside an RSA key; rsa unless given
cli-keygen-bits = Length of an RSA key: 2048, 3072 or 4096; 2048 unless given
cli-keygen-out = Where the private key is written, in a new file; SELECTOR._domainkey.DOMAIN.pem unless given
cli-keygen-format = Form of the result: text, zone (a line of a zone file) or json; text unless given
keygen-made = A key for { $domain }, at the selector { $selector }: { $kind ->
    [ed25519] Ed25519.
   *[rsa] RSA, { $bits } bits.
}
keygen-kept = The private key is in { $path }, which only you can read. Whoever has it can sign in the name of { $domain }: it belongs on the server that signs, and nowhere else.
keygen-ed25519 = Many receivers, Gmail among them, do not verify Ed25519: they report dkim=fail beside the RSA signature that passes. Always sign with an RSA key as well, at a selector of its own.
keygen-long-key = The record is { $characters } characters long, which the forms of some DNS hosts refuse, and each signature is dearer to make. 2048 bits are enough for every receiver.
keygen-panel = To publish, in the form of a DNS host: a record of type TXT
keygen-panel-name = name (most forms add the domain by themselves)
keygen-panel-value = value, in one piece
keygen-panel-split = or, where that is refused or cut short, in pieces of 255 characters in a single record
keygen-zone = Or as a line of a zone file
keygen-check = Once it is published, check it
keygen-sign = Then sign
keygen-bits = --bits is for RSA keys: an Ed25519 key always has 256 bits.
keygen-long = “{ $selector }._domainkey.{ $domain }” is longer than a name of the DNS can be. Choose a shorter selector.
keygen-failed = No key was made: the system gave no randomness.
cli-sign = Signs a message with DKIM, and prints it with the signature above
cli-sign-message = The message; standard input unless given, or -
cli-sign-domain = The signing domain (d=), with --selector, for a key whose name is not given with it
cli-sign-selector = The selector (s=), with --domain
cli-sign-key = A private key: FILE, or SELECTOR._domainkey.DOMAIN=FILE; repeatable, for several signatures
cli-sign-header-only = Prints the signature fields only, and keeps nothing of the message
cli-sign-author = Which signing domains must speak for the author: every, one, or any; every unless given
cli-sign-through-lists = Lets mailing lists add their List- fields; otherwise none can be added to a signed message
cli-sign-days = How many days the signature counts, 1 to 30; 8 unless given
error-sign-name = It is not known for which domain { $path } signs. Give --domain and --selector, or --key SELECTOR._domainkey.DOMAIN={ $path }.
error-sign-domain = --domain and --selector belong to no key: every --key already says its own.
error-sign-key = { $path } cannot be used to sign: { $reason ->
    [encrypted] the key is protected with a passphrase. Take that away first: openssl pkey -in { $path }.
    [public] it holds a public key or a certificate. The private key is needed.
    [kind] DKIM signs with RSA and Ed25519 only, and this is another kind of key.
    [short] this RSA key has { $bits } bits. Receivers need not accept fewer than 1024, and 2048 are asked for (RFC 8301): make a new one with garant keygen.
    [long] this RSA key has { $bits } bits, more than receivers have to verify. 2048 are enough.
   *[none] it holds no private key, or a damaged one. PEM is expected (PKCS #8 or PKCS #1).
}
error-sign-keys = These keys cannot sign together: { $reason ->
    [twice] two of them have the name { $name }. Each key has a selector of its own.
    [long] the name of the key of { $name } is longer than a name of the DNS can be.
    [odd] “{ $name }” is no domain or selector that a signature can hold.
   *[many] { $limit } at most are possible.
}
sign-refused = Not signed: { $reason }
sign-refused-empty = there is no message.
sign-refused-no-header = the first line is not a header field. Is its beginning lost?
sign-refused-large = the message is larger than { $limit } MB, which no receiver takes.
sign-refused-large-header = the header section is larger than { $limit } MB. Is the empty line before the body absent?
sign-refused-fields = there are more than { $limit } header fields.
sign-refused-mailbox = the first line (“From ” without a colon) belongs to a mailbox file and not to the message. Remove it.
sign-refused-not-a-field = line { $line } is neither a header field nor the continuation of one. Some programs would take it for the end of the header section.
sign-refused-blank = line { $line } of the header section holds nothing but white space. Some programs would take it for the end of the header section.
sign-refused-space = in line { $line }, white space stands between the name of the field and its colon. Some programs read the field, others do not.
sign-refused-bare-cr = in line { $line } of the header section, a CR stands without LF. Some programs take it for the end of a line.
sign-refused-line-ends = line { $line } of the header section ends with LF alone, others with CRLF. Not all programs see the same lines.
sign-refused-control = line { $line } of the header section holds a control character (hexadecimal { $code }).
sign-refused-duplicate = the field { $name } stands there more than once. Programs differ in which one they show.
sign-refused-no-from = there is no From field, so nobody can be vouched for.
sign-refused-no-address = From holds no address with a domain.
sign-refused-authors = From holds { $count } addresses. Only one author can be vouched for.
sign-refused-unclear = From is written in such a way that programs may find different authors in it. Write name <address@domain>.
sign-refused-domain = { $domain } does not speak for an author at { $author }. The signing domain must be the author’s, or stand above it in the same organization; otherwise DMARC would not count the signature, or one department could speak for all.
sign-refused-no-domain = none of the signing domains is that of the author ({ $author }), or stands above it in the same organization.
sign-refused-key = the key { $name } did not sign.
sign-remark-absent = The message has no field { $name }. The first server would add one, and break the signature: give the message a { $name } before it is signed.
sign-remark-long-line = Line { $line } is longer than 998 characters. Servers break such lines, and the signature with them: encode this part (quoted-printable or base64).
