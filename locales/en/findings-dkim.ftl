### DKIM: the findings, one message per code (title, .why, .fix).
### Arguments: those of crates/check/src/finding.rs, with $domain and $name. Text between backticks is to be quoted as it stands.

finding-dkim-not-found = { $selectors ->
        [one] No usable DKIM key at the one selector that was asked
       *[other] No usable DKIM key at the { $selectors } selectors that were asked
    }
    .why = A DKIM key has a name, its selector, which the sending service chooses: the DNS has no way to list them. Names asked: { $list }. A key may exist under another name; this check cannot tell.
    .fix = Ask each service that writes in your name for its selector, or read it in a message received from it (header `DKIM-Signature`, value of `s=`), then check again with that selector.

finding-dkim-none-at-all = The domain { $domain } publishes no DKIM key
    .why = Nothing exists beneath _domainkey.{ $domain }: no receiver can verify a signature in the name of { $domain }. Without DKIM only SPF remains, which mere forwarding is generally enough to break. Orange and, for bulk mail, Gmail, Yahoo, Apple and Outlook.com ask for both SPF and DKIM.
    .fix = Turn on DKIM signing at each service that writes in your name, then publish beneath `_domainkey` the records (CNAME or TXT) that it shows.

finding-dkim-selector-absent = The selector `{ $selector }` has no key
    .why = The receiver looks for the key at { $name } and finds nothing there: a signature made under this selector cannot be verified, and the message counts as unsigned.
    .fix = First check the name that was typed: many DNS hosts append the domain by themselves, and the record then stands at a name with the domain in it twice; in that case enter `{ $selector }._domainkey` only. Otherwise publish at { $name } the key (TXT) or the alias (CNAME) that the sending service gives.

finding-dkim-revoked = The key of the selector `{ $selector }` has been withdrawn
    .why = An empty value (`p=`) tells receivers that this key is no longer good: every signature made under this selector fails. That is normal for an old key, and serious if a service still signs with it.
    .fix = If no service signs under this selector any more: nothing to change. Otherwise publish the key that the service gives, or have it use a selector whose key is live.

finding-dkim-short-key = The key of the selector `{ $selector }` is too short: { DIGITS($bits) } bits
    .why = Below 1024 bits receivers must not accept the signature (RFC 8301, section 3.2): your mail counts as unsigned.
    .fix = Have an RSA key of 2048 bits made under a new selector, publish it, switch the signing over to it, then withdraw the old one.

finding-dkim-weak-key = The key of the selector `{ $selector }` is valid but short: { DIGITS($bits) } bits
    .why = Receivers accept RSA keys from 1024 bits on; 2048 bits are recommended (RFC 8301, section 3.2). Nothing fails today because of this length.
    .fix = At the next renewal, move to an RSA key of 2048 bits under a new selector.

finding-dkim-multiple = The selector `{ $selector }` holds { $count } records instead of one
    .why = Faced with several records, the standard does not say what a receiver does (RFC 6376, section 3.6.2.2): it picks any one, tries them all or gives up. The same signature passes at one receiver and fails at another.
    .fix = Keep only the record of the key in use and delete the others. Two keys at a time need two selectors.

finding-dkim-split-in-two = The key of the selector `{ $selector }` is cut into two records
    .why = A long key may be divided into several strings of one TXT record, never into several records: each half, read alone, is useless, and the signatures fail.
    .fix = Delete both halves and publish the whole key in a single TXT record.

finding-dkim-truncated = The key of the selector `{ $selector }` is cut off: { $found } octets out of { $expected }
    .why = The key states its own length and stops short of it: it is useless, and every signature fails. Most often the DNS host’s form cut the text at 255 characters.
    .fix = Copy the whole key again from the sending service. If the form still cuts it, enter it as several strings of one record (255 characters each at most), or ask the service for an alias (CNAME).

finding-dkim-pem-armor = The key of the selector `{ $selector }` contains the lines of a PEM file
    .why = The lines `-----BEGIN …-----` and `-----END …-----` belong to the file, not to the key: with them no receiver can read it, and the signatures fail.
    .fix = { EMPTY($fixed) ->
        [yes] Replace the value by the public key that the sending service shows for this selector: this file contains none that can be read.
       *[no] Keep after `p=` only the text between those two lines, without line breaks.
    }

finding-dkim-not-base64 = The key of the selector `{ $selector }` contains a character that cannot be there
    .why = The character `{ $character }`, in position { DIGITS($column) }, is not one that keys are written with (base64: letters, digits, `+`, `/` and `=`). Receivers cannot read the key, and the signatures fail.
    .fix = Copy the key again from the sending service, without passing through a word processor or a screenshot.

finding-dkim-key-format = The selector `{ $selector }` does not hold a public key
    .why = The text of `p=` can be read, but what it contains is no public key: receivers can verify nothing with it, and the signatures fail. Often another value (a certificate, a token) was pasted in its place.
    .fix = Copy the value that the sending service shows for this selector, and nothing else.

finding-dkim-ed25519-wrapped = The Ed25519 key of the selector `{ $selector }` is still in its wrapping
    .why = For Ed25519, `p=` has to contain the 32 octets of the key and nothing else (RFC 8463, section 4.2). Here it has the envelope that common tools produce: the key is not recognised.
    .fix = Replace the value of `p=` by the 32 octets of the key alone.

finding-dkim-version-not-first = At the selector `{ $selector }`, `v=DKIM1` is not at the beginning
    .why = The version, where it is given, has to open the record (RFC 6376, section 3.6.1). Some receivers refuse the key because of this, others read it all the same.
    .fix = Put `v=DKIM1` at the very beginning.

finding-dkim-version-unknown = At the selector `{ $selector }`, the version `{ $value }` does not exist
    .why = The only version is `DKIM1`. Receivers have to discard a record that announces another (RFC 6376, section 3.6.1): the key might as well not be there, and the signatures fail.
    .fix = Write `v=DKIM1` at the very beginning.

finding-dkim-no-key = The record of the selector `{ $selector }` contains no key
    .why = The tag `p=`, which carries the key, is not there: receivers can verify nothing, and signatures made under this selector fail.
    .fix = Copy the whole record again from the sending service; its end may have been lost while typing.

finding-dkim-unreadable = The text at the selector `{ $selector }` cannot be read as a DKIM record
    .why = A key is written as a list of tags, each of them once: `v=DKIM1; k=rsa; p=…`. What stands here is: `{ $found }`. Receivers cannot get a key from it for certain, and the signatures fail.
    .fix = Replace this text by the record that the sending service shows for this selector.

finding-dkim-quoted = At the selector `{ $selector }`, quotation marks are part of the data
    .why = The quotation marks of a zone file surround the value without being part of it. Typed into a form that adds them by itself, they end up in the record, and receivers no longer recognise the key.
    .fix = Enter the value without quotation marks or backslashes.

finding-dkim-key-type-unknown = At the selector `{ $selector }`, the key type `{ $value }` does not exist
    .why = The known types are `rsa` and `ed25519`. Receivers ignore a key of any other type (RFC 6376, section 3.6.1), and the signatures fail.
    .fix = Write the real type of the key: `k=rsa` in nearly every case.

finding-dkim-key-type-mismatch = At the selector `{ $selector }`, the type announced is not the type of the key
    .why = The record announces `{ $value }`, the key is of the type { $found }: receivers misread it, and the signatures fail.
    .fix = Write the real type of the key in `k=`, or copy the whole record again from the sending service.

finding-dkim-sha1-only = The key of the selector `{ $selector }` allows SHA-1 only (`h=sha1`)
    .why = Receivers must no longer accept SHA-1 signatures (RFC 8301, section 3.1), and the tag `h=sha1` forbids all others: no signature can pass under this selector.
    .fix = Remove the tag `h=`, and make sure that the service signs with `rsa-sha256`.

finding-dkim-other-service = The key of the selector `{ $selector }` excludes mail
    .why = The tag `s={ $value }` reserves the key for another use. Receivers ignore it for mail (RFC 6376, section 3.6.1), and the signatures fail.
    .fix = If this key is meant for mail, remove the tag `s=`. If it is reserved on purpose for another use, such as sending reports (`s=tlsrpt`), nothing to change.

finding-dkim-testing = The key of the selector `{ $selector }` is marked “in test”
    .why = With `t=y` the standard asks receivers to treat your mail as if it were not signed (RFC 6376, section 3.6.1). Not all of them do: you cannot rely on this key.
    .fix = Remove the flag `y` once the signature has been verified on a test message.

finding-dkim-pkcs1 = The key of the selector `{ $selector }` is written in a rare form
    .why = The RSA key is given bare (PKCS#1) instead of in the usual form (SubjectPublicKeyInfo). Most receivers read both; a few expect the second only.
    .fix = At the next renewal, publish the key in the usual form (for 2048 bits its text then begins with `MIIBIjAN`).

finding-dkim-ed25519-only = { $scope ->
        [path] Mail sent by { verdict-part-by } is signed with Ed25519 alone
       *[domain] Only Ed25519 keys were found
    }
    .why = Selectors: { $list }. Many receivers verify RSA only; for them an Ed25519 signature alone does not count, and DMARC rests on SPF alone.
    .fix = Publish an RSA key of 2048 bits as well, under another selector, and have every message signed with both.

finding-dkim-dangling = The alias at the selector `{ $selector }` leads to a name without a key
    .why = The alias (CNAME) leads to { $target }, where no text is published: the key cannot be found, and the signatures fail. Either the target was mistyped, or the contract with this service has ended; in that case somebody else might take over that name one day.
    .fix = If the service is still yours, copy the target that it shows, with its final dot if your DNS host asks for one. Otherwise delete the alias.

finding-dkim-wildcard = A wildcard record (`*`) answers for every selector
    .why = Any name beneath _domainkey.{ $domain } gets the same answer: `{ $found }`. That a selector answers therefore proves nothing.
    .fix = If this domain sends no mail and the answer is a withdrawn key (empty `p=`): nothing to change. Otherwise delete the wildcard record and publish each key at its own name.

finding-dkim-valid = Valid key at the selector `{ $selector }`: { $algorithm ->
        [rsa] RSA, { DIGITS($bits) } bits
        [ed25519] Ed25519
       *[other] { $algorithm }
    }
    .why = Receivers can verify messages signed under this selector. Only a real message shows that the service does sign with this key and in the name of your domain (`d=`).
    .fix = Nothing to change.

finding-dkim-private-key = The secret key of the selector `{ $selector }` is published
    .why = What stands there is the secret key, the one that signs. Whoever reads this record can use it: as long as the public key that goes with it is published anywhere in your domain, receivers accept its signatures in the name of { $domain }.
    .fix = Delete this record without delay, have the sending service make another pair of keys, and publish the public key only, under a new selector.

finding-dkim-hash-unknown = The key of the selector `{ $selector }` allows no known hash function (tag `h=`)
    .why = The tag `h=` allows only `{ $value }`, while DKIM signatures are made with SHA-256 (RFC 8301): no signature can pass under this selector.
    .fix = Remove the tag `h=`, or write `h=sha256`.
