### DNSSEC. Arguments everywhere: $domain, $name.

finding-dnssec-bogus = The DNSSEC signatures of { $domain } are not valid
    .why = Resolvers that check DNSSEC, those of large mailbox providers among them, throw away every answer from your zone (SERVFAIL). To them your MX, SPF, DKIM and DMARC records cannot be read: mail in both directions is being delayed or refused right now.
    .fix = At your registrar, compare the announced fingerprint (DS) with the key that your zone publishes (DNSKEY). Have the zone signed again, or replace the DS by the one your DNS host shows. If neither can be done at once, remove the DS: the domain then works without DNSSEC as soon as the old DS has run out of the caches (TTL).

finding-dnssec-ds-without-key = The parent zone announces a DNSSEC key (DS { DIGITS($tag) }) that your zone does not publish
    .why = A resolver that checks DNSSEC expects signatures made with this key. When no announced key is published, it throws away every answer from the domain, and mail no longer gets through.
    .fix = If the zone is meant to be signed, have your DNS host sign it, then give its DS to your registrar in place of this one. If not, ask your registrar to remove this DS. It mostly happens after a move to another DNS host.

finding-dnssec-no-ds = Your zone is signed, but the parent zone does not announce its key (no DS)
    .why = Without that announcement nobody can check the signatures: everything works as if DNSSEC were not there. No message is lost, but your records are not protected against forgery.
    .fix = Give your registrar the DS that your DNS host shows; with many it is one switch. Do so only when all your authoritative servers publish the key.

finding-dnssec-valid = The DNS answers of { $domain } are signed and verified (DNSSEC)
    .why = A resolver that checks signatures confirms that your records were not altered on the way.
    .fix = Nothing to change.
