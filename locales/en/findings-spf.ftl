### SPF (RFC 7208). Arguments everywhere: $domain, $name.
###
### A "permanent error" is permerror: no message gets SPF, wherever it comes from.

finding-spf-missing = { $name } has no SPF record
    .why = Nothing tells receivers which servers may write with a return address (MAIL FROM) at { $name }: SPF gives DMARC no support. Orange and, for bulk mail, Gmail, Yahoo, Apple and Outlook.com ask for both SPF and DKIM.
    .fix = Publish one TXT record at { $name } that begins with `v=spf1`, names every service that writes with a return address at this name, and ends with `~all` or `-all`. If this domain sends nothing: `v=spf1 -all`.

finding-spf-multiple = { $count } SPF records stand at { $name }, where only one is allowed
    .why = Receivers choose none of them and conclude a permanent error (permerror; RFC 7208, section 4.5): SPF no longer passes for any of your services. Only DKIM can still support your mail.
    .fix = Bring all their terms together in a single record, and delete the others.

finding-spf-syntax = The SPF record of { $name } has a mistake at `{ $term }`: { $reason ->
        [bad-domain] it is not a full domain name
        [bad-ip4] it is not an IPv4 address
        [bad-ip6] it is not an IPv6 address
        [bad-prefix-length] the prefix length after the slash does not exist
        [bad-macro] the macro (`%…`) does not exist
        [missing-argument] it lacks its value
        [unexpected-argument] this mechanism takes no value
        [repeated-modifier] this modifier stands there twice
        [not-ascii] it holds a character that is not allowed
       *[other] it does not have the right form
    }
    .why = A single mistake voids the whole record: receivers conclude a permanent error (permerror; RFC 7208, section 4.6), even for a server that is named correctly before it. Only DKIM can still support your mail.
    .fix = Correct this term, at character { DIGITS($column) } of the record. { $reason ->
        [bad-domain] Write a full name with at least one dot, without https:// and not an e-mail address.
        [bad-ip4] Write four numbers from 0 to 255 with dots between them, then perhaps a slash and a number from 0 to 32. For an IPv6 address the mechanism is `ip6:`.
        [bad-ip6] Write the IPv6 address without brackets, then perhaps a slash and a number from 0 to 128. For an IPv4 address the mechanism is `ip4:`.
        [bad-prefix-length] For IPv4 the number goes from 0 to 32, for IPv6 from 0 to 128, without a leading zero.
        [bad-macro] Copy the term exactly as the service gives it; a single per cent sign is written `%%`.
        [missing-argument] Add the name or address after the colon or equals sign, without a space.
        [unexpected-argument] Remove what follows the mechanism’s name.
        [repeated-modifier] Keep only one of them.
        [not-ascii] Type it again on the keyboard, without accents or typographic signs; a name with accents is written in its xn-- form.
       *[other] Copy it exactly as the service concerned gives it.
    }

finding-spf-unknown-mechanism = The SPF record of { $name } holds a mechanism that does not exist: `{ $term }`
    .why = An unknown mechanism voids the whole record: receivers conclude a permanent error (permerror), and SPF no longer passes for any of your services.
    .fix = { EMPTY($suggestion) ->
        [yes] Remove this term, or copy it exactly as the service concerned gives it. The only mechanisms are all, include, a, mx, ptr, ip4, ip6 and exists.
       *[no] Write `{ $suggestion }`, which was probably meant.
    }

finding-spf-missing-space = In the SPF record of { $name }, two terms run together: `{ $term }`
    .why = { $seam ->
        [yes] The record is published in several pieces, which receivers join without adding anything (RFC 7208, section 3.3): two terms become one.
       *[no] Without a space between them, the two terms become one.
    } The servers that were meant are no longer authorised; mostly SPF gives a permanent error (permerror) and passes for none of your services.
    .fix = { $seam ->
        [yes] Add a space at the end of the first piece or the beginning of the second, so that it reads `{ $fixed }`.
       *[no] Add the space, so that it reads `{ $fixed }`.
    }

finding-spf-look-alike = The SPF record of { $name } holds typographic signs ({ $found }) where plain characters belong
    .why = A word processor or a web page has replaced a hyphen, a quotation mark or a space by a sign that looks like it. Receivers do not recognise it: the record is ignored or gives a permanent error (permerror).
    .fix = Replace the record by the version in plain characters. Paste it from a plain-text editor.

finding-spf-quoted = The SPF record of { $name } is published with its quotation marks
    .why = The quotation marks are part of the value, which therefore no longer begins with `v=spf1`: to receivers there is no SPF record at { $name }.
    .fix = Enter the value without quotation marks; your DNS host adds them itself where they are needed.

finding-spf-misspelt = A text published at { $name } resembles an SPF record but is none
    .why = What stands there is: `{ $found }`. An SPF record begins exactly with `v=spf1`, followed by a space or by nothing (RFC 7208, section 4.5). This text is ignored: to receivers there is no SPF record at { $name }.
    .fix = Correct the beginning of the record: `v=spf1`, with nothing in front of it.

finding-spf-wrong-place = The SPF record stands at { $found_at }, where nobody looks for it
    .why = Receivers read the SPF record at the very name that stands in the return address (MAIL FROM), here { $name }. There is none at that name: SPF gives no result.
    .fix = Publish the record at { $name }; as host name, enter `@` or nothing if that is the top of the zone. Delete the other one unless an `include:` uses it.

finding-spf-too-many-lookups = The SPF record of { $name } needs { $count } DNS look-ups, where receivers stop after { $limit }
    .why = Beyond { $limit } the result is a permanent error (permerror; RFC 7208, section 4.6.4). Servers named at the beginning still pass; those of later terms no longer do, and only DKIM can still support their mail.
    .fix = Remove each `include:` of a service that you no longer use, or that uses a return address of its own. Replace `a` and `mx` by the addresses they give, if these are stable. If there are still too many, give one service its own sending subdomain.

finding-spf-near-lookup-limit = The SPF record of { $name } uses { $count } of the { $limit } DNS look-ups allowed
    .why = Everything works today. But the count includes the look-ups of your providers: one or two more at any of them, or one more service of yours, and SPF gives a permanent error (permerror).
    .fix = Remove unused `include:` and repeated terms now, before you add a service.

finding-spf-too-many-voids = In the SPF record of { $name }, { $count } DNS look-ups find nothing, where only { $limit } are tolerated
    .why = After { $limit } empty look-ups the standard advises receivers to conclude a permanent error (permerror; RFC 7208, section 4.6.4), and many do: what follows is then not read. Terms at fault: `{ $terms }`.
    .fix = Correct or remove these terms. Before you remove one, make sure with the service concerned that it has really changed its name or stopped sending.

finding-spf-void = The term `{ $term }` in the SPF record of { $name } looks up { $target }, where there is nothing
    .why = This term authorises no server. Two empty look-ups are tolerated; at the third, many receivers conclude a permanent error (permerror; RFC 7208, section 4.6.4).
    .fix = Correct the name if it is misspelt; otherwise remove the term, once you have made sure that no service depends on it. If it is a provider’s record, report it to them.

finding-spf-too-many-exchanges = The SPF term `{ $term }` leads to { $count } mail servers (MX), where { $limit } are allowed
    .why = When a term `mx` leads to more than { $limit } servers, the result is a permanent error (permerror; RFC 7208, section 4.6.4): this term and all that follow are of no use.
    .fix = Remove this term if these servers only receive, as most do. Otherwise name those that send by `ip4:` and `ip6:`.

finding-spf-include-without-record = The SPF record of { $via } includes { $target }, which has no SPF record
    .why = Including a domain without SPF gives a permanent error (permerror; RFC 7208, section 5.2). Servers named before this term still pass; the others no longer do.
    .fix = Check the spelling of { $target } in the service’s documentation. If it no longer exists or you no longer use it, remove this term. If the term is in a provider’s record, report it to them.

finding-spf-include-broken = The SPF record of { $via } includes { $target }, whose own record is faulty
    .why = An error in an included record becomes a permanent error (permerror) of yours (RFC 7208, section 5.2). Servers named before this term still pass; the others no longer do. The kind of fault: `garant explain { $reason }`.
    .fix = Report the fault to whoever runs { $target }. Until it is corrected, move this term to the end of the list, just before `all`, so that your other services keep passing.

finding-spf-include-loop = The SPF records include each other in a circle: { $via } leads back to { $target }
    .why = Reading would never end: receivers break it off with a permanent error (permerror). Any server that is not named before the circle no longer passes.
    .fix = Remove from { $via } the term that leads back to { $target }. A domain need not include itself.

finding-spf-include-registrable = The SPF record includes { $target }, whose domain { $registrable } does not exist and could be registered by anybody
    .why = Whoever registers { $registrable } can publish servers of their own there and send, with valid SPF, mail whose return address is yours. Until then this term gives a permanent error (permerror).
    .fix = Remove this term without delay. If it is a typing mistake, replace it by the exact name that the service gives.

finding-spf-redirect-without-record = The SPF record of { $name } hands over to { $target }, which has no SPF record
    .why = With `redirect=` the other domain’s record decides. As there is none, the result is a permanent error (permerror; RFC 7208, section 6.1) for every server that is not named before.
    .fix = Correct the name { $target }, or replace `redirect=` by the list of your services, ending with `~all` or `-all`.

finding-spf-plus-all = The SPF record of { $name } authorises the whole Internet (`{ $term }`)
    .why = Any server gets SPF with a return address at { $domain }: SPF no longer protects anything, and a message that spoofs this address even passes DMARC.
    .fix = Name all your sending services, remove `{ $term }` and end with `~all` or `-all`. If it is a provider’s record, remove the term that leads there instead, and report it to them.

finding-spf-neutral-all = The SPF record of { $name } says nothing about other servers (`{ $term }`)
    .why = Your own servers pass. For any other server the result is “neutral”, as if there were no SPF: the record does not point out spoofing.
    .fix = Once all your services are named, replace `{ $term }` by `~all` or `-all`.

finding-spf-no-all = The SPF record of { $name } says nothing about the servers that it does not name
    .why = Without `all` or `redirect=`, the result for any other server is “neutral” (RFC 7208, section 4.7), as with `?all`: the record does not point out spoofing.
    .fix = Add `~all` or `-all` at the end, once all your services are named.

finding-spf-terms-after-all = In the SPF record of { $name }, terms after `all` are never read: `{ $terms }`
    .why = Reading stops at `all` (RFC 7208, section 5.1). A service named after it is not authorised, and its mail does not get SPF.
    .fix = Move these terms in front of `all`, which has to come last. Remove those that are no longer used.

finding-spf-redirect-ignored = In the SPF record of { $name }, `{ $term }` has no effect because of `all`
    .why = A `redirect=` is followed only where the record has no `all` (RFC 7208, section 5.1). The servers that it was meant to authorise are not.
    .fix = Choose: remove `all` so that the other domain decides, or replace `redirect=` by an `include:` in front of `all`.

finding-spf-duplicate-term = The term `{ $term }` stands more than once in the SPF record of { $name }
    .why = The repetition authorises nothing more, but any DNS look-ups it costs count each time towards the limit of ten.
    .fix = Keep the first, remove the repetition.

finding-spf-modifier-looks-like-mechanism = In the SPF record of { $name }, `{ $term }` is ignored: an equals sign stands in place of the colon
    .why = With an equals sign, receivers take it for an unknown modifier and skip it without an error (RFC 7208, section 6). The servers that it was meant to authorise are not, and nothing says so.
    .fix = Write `{ $fixed }`, with a colon.

finding-spf-ptr = The SPF record of { $name } uses `{ $term }`, a discouraged mechanism
    .why = It makes every receiver do slow and unreliable reverse look-ups: when the reverse DNS is down, your servers no longer pass. It should no longer be published (RFC 7208, section 5.5).
    .fix = Replace it by the addresses of the servers concerned (`ip4:`, `ip6:`), or remove it if your other terms already name them.

finding-spf-mx-of-null-mx = The SPF term `{ $term }` authorises no server: this domain receives no mail (null MX)
    .why = The term authorises the mail servers of a domain. This one declares that it has none (RFC 7505): the term costs a DNS look-up for nothing.
    .fix = Remove this term. If a server was meant to be authorised, name it by `ip4:`, `ip6:` or `include:`.

finding-spf-wide-range = The SPF term `{ $term }` authorises more than 65,536 addresses at once
    .why = A /{ DIGITS($prefix) } is more than most organizations own: others probably have servers in it too, and those can write with your return address.
    .fix = Narrow the range to the addresses that really send for you. Too short a prefix is often a typing mistake, /8 for /28 for example.

finding-spf-private-address = The SPF term `{ $term }` authorises a private or reserved address
    .why = No message arrives from such an address over the Internet. The term has no effect, and the public address of that server may not be authorised.
    .fix = Replace it by the public address that the server sends from, or remove the term.

finding-spf-host-bits = The SPF term `{ $term }` authorises the whole range { $range }
    .why = The address as written is one machine, but the number after the slash extends the permission to its whole range. That is allowed; it may be more than was meant.
    .fix = If only one address sends, remove the slash and the number. If the whole range does, write { $range }.

finding-spf-long = The texts published at { $name } take { $octets } octets, where { $limit } are advised
    .why = Beyond that the DNS answer may no longer fit into a datagram (RFC 7208, section 3.4). Receivers then have to ask again over TCP; the few that cannot do so are unable to read the SPF record.
    .fix = Delete the texts at { $name } that are no longer used, such as old domain verifications, and unused SPF terms.

finding-spf-nobody = { $domain } receives mail, but its SPF record lets nobody send any
    .why = `v=spf1 -all` is right for a domain that sends nothing. If somebody answers from an address at { $domain }, SPF fails for every such message, and some receivers refuse it at once.
    .fix = If this domain sends mail, name your services in front of `-all`. If it really only receives, nothing to change.

finding-spf-valid = The SPF record of { $name } is valid and uses { $lookups } of the { $limit } DNS look-ups allowed
    .why = { $all ->
        [none] The servers that it names get SPF.
       *[other] The servers that it names get SPF; `{ $all }all` tells receivers what to think of all others.
    } For SPF to support DMARC, the return address must also be aligned with the displayed sender address, that is, belong to the same organization.
    .fix = Nothing to change.
