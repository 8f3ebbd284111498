//! What can be said about a domain: stable codes with arguments. The words live in `locales/`.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

use garant_dns::{Name, RecordType};
use serde::{Serialize, Serializer};

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal ($($arg:ident),*);)+) => {
        /// A stable name for one kind of finding: `topic.what`. Codes are never reused.
        ///
        /// Every finding has the arguments `domain` (the domain asked about) and `name` (where the
        /// record stands or should stand); [`Code::arguments`] names the others.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, grouped by topic.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The code as it is written.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The names of the arguments besides `domain` and `name`.
            pub fn arguments(self) -> &'static [&'static str] {
                match self { $(Self::$variant => &[$(stringify!($arg)),*],)+ }
            }
        }
    };
}

codes! {
    // The domain itself.
    /// The domain does not exist (NXDOMAIN).
    DomainAbsent = "domain.absent" ();
    /// The domain belongs to a mailbox provider (gmail.com, orange.fr): nobody else can publish records there.
    DomainFreeMail = "domain.free-mail" ();
    /// The name is a public suffix that itself answers for mail; names are registered beneath it.
    DomainPublicSuffix = "domain.public-suffix" ();

    // The DNS.
    /// Validating resolvers refuse every answer: the signatures do not match what the parent announces. Mail breaks now.
    DnssecBogus = "dnssec.bogus" ();
    /// The parent announces a key (DS) but the zone has none (DNSKEY).
    DnssecDsWithoutKey = "dnssec.ds-without-key" (tag);
    /// The zone is signed but the parent does not announce it (no DS), so nobody can check.
    DnssecNoDs = "dnssec.no-ds" ();
    /// The zone is signed and a validating resolver confirms it.
    DnssecValid = "dnssec.valid" ();
    /// A record stands at a name that is also an alias (CNAME): some receivers see one, some the other. type = TXT, MX...
    DnsRecordBesideAlias = "dns.record-beside-alias" (type, target);
    /// The domain itself is an alias (CNAME at the apex of what is asked), so no record of its own can stand there.
    DnsAliasAtDomain = "dns.alias-at-domain" (target);
    /// An answer does not fit into a datagram and the servers do not answer over TCP. type = record type.
    DnsNoTcp = "dns.no-tcp" (type);
    /// A question got no definite answer, so part of the result is unknown. type = record type; reason = servfail, timeout, refused, unreachable, malformed, other.
    DnsNoAnswer = "dns.no-answer" (type, reason);
    /// The parent zone delegates to other servers than the zone itself lists. parent = those only the parent lists; zone = those only the zone lists; comma separated, or empty.
    DnsDelegationDiffers = "dns.delegation-differs" (parent, zone);
    /// A server that is listed for the zone does not serve it. server; reason = refused, servfail, not-authoritative, no-address, silent, malformed.
    DnsLameServer = "dns.lame-server" (server, reason);
    /// No server that is listed for the zone serves it: the domain is unreachable now. servers = them, comma separated; reason as above, of the first.
    DnsAllServersLame = "dns.all-servers-lame" (servers, reason);
    /// A server still serves an older version of the zone. server; serial; newest; record = a record in which it differs, or empty.
    DnsStaleServer = "dns.stale-server" (server, serial, newest, record);
    /// Servers with the same version of the zone answer differently. type; servers = those that differ from the first, comma separated.
    DnsServersDisagree = "dns.servers-disagree" (type, servers);
    /// All servers of the zone have IPv6 addresses only: part of the resolvers cannot reach them. servers.
    DnsServersIpv6Only = "dns.servers-ipv6-only" (servers);
    /// The record stands at servers to which nobody is sent: it was entered at another provider than the one that serves the zone. type; found_at = such a server; host = the provider that serves the zone, or its servers.
    DnsRecordAtOtherServers = "dns.record-at-other-servers" (type, found_at, host);

    // Sending paths: the mail of one service. sender = the service's name, or the return address's domain.
    /// Neither the return address nor the signature of this service's mail is aligned, and the policy asks to refuse or quarantine it. sender; policy; cause = what to put right first: records (those that were asked for are told), no-key, strict, foreign, apart, other; dkim and spf = why each does not count, as in the verdict; dkim_domain; mail_from, empty when its name is not known.
    PathRefused = "path.refused" (sender, policy, cause, dkim, dkim_domain, spf, mail_from);
    /// The same under a policy that asks for nothing, or without one: delivered here, filed as spam there. sender; the others as before.
    PathUnauthenticated = "path.unauthenticated" (sender, cause, dkim, dkim_domain, spf, mail_from);
    /// No key that receivers can use at the selectors of this service. sender; list = the selectors that were asked; records = yes where the records of the keys are told with their values, or no.
    PathNoKey = "path.no-key" (sender, list, records);
    /// The selectors of this service differ for every customer, so they must be named. sender; list = those that were asked, or empty.
    PathSelectorsUnknown = "path.selectors-unknown" (sender, list);
    /// The signature is of a domain that is not aligned. sender; dkim_domain; alignment = relaxed or strict.
    PathSignatureNotAligned = "path.signature-not-aligned" (sender, dkim_domain, alignment);
    /// The return address belongs to another organization, so SPF can never be aligned. sender; mail_from, empty when its name is not known; relation = foreign, or apart when it only counts as another organization by the tree walk.
    PathReturnPathForeign = "path.return-path-foreign" (sender, mail_from, relation);
    /// Strict alignment keeps a return address beneath the domain from counting. sender; mail_from; fixed = the policy record without aspf=s.
    PathReturnPathStrict = "path.return-path-strict" (sender, mail_from, fixed);
    /// The SPF record of the return address does not allow this service to send. sender; mail_from; result = fail, softfail, neutral, none, permerror.
    PathNotAuthorised = "path.not-authorised" (sender, mail_from, result);
    /// It passes by the signature alone: what changes the message on its way breaks it. sender; spf = why the return address does not count, as in the verdict; records = yes where its record is told with its value, or no.
    PathDkimOnly = "path.dkim-only" (sender, spf, records);
    /// It passes by the return address alone: forwarding breaks it. sender; dkim = why the signature does not count, as in the verdict; records = yes where the records of its keys are told with their values, or no.
    PathSpfOnly = "path.spf-only" (sender, dkim, records);
    /// It passes at receivers that follow one DMARC document and fails at those that follow the other. sender; passes = RFC 9989 or RFC 7489; fails.
    PathReadingsDiffer = "path.readings-differ" (sender, passes, fails);
    /// A receiver asks for more than DMARC does. sender; receiver; rule = a rule of the receivers' table.
    PathReceiverStricter = "path.receiver-stricter" (sender, receiver, rule);
    /// The SPF record includes a service whose return address is never this domain: the look-ups are wasted. sender; include.
    PathIncludeUnused = "path.include-unused" (sender, include);
    /// Return address and signature are both aligned. sender.
    PathReady = "path.ready" (sender);

    // Records that a platform asked for. type = the type that was asked for.
    /// The record stands with the domain behind it twice. type; found_at.
    RecordDoubledName = "record.doubled-name" (type, found_at);
    /// The record stands at another name: a label was left out, or typed once too often. type; found_at.
    RecordWrongName = "record.wrong-name" (type, found_at);
    /// The target has the domain behind it: the final dot was left out. target = what stands there; meant.
    RecordZoneAppended = "record.zone-appended" (target, meant);
    /// Addresses stand where an alias should: a proxy answers in its place. address.
    RecordProxied = "record.proxied" (address);
    /// The right data stands there, but not as the alias that was asked for: it works until the service changes its key. type.
    RecordFlattened = "record.flattened" (type);
    /// The data differs in upper and lower case only, where it matters. found.
    RecordCaseChanged = "record.case-changed" (found);
    /// Quotes or backslashes are part of the text. type; found.
    RecordQuoted = "record.quoted" (type, found);
    /// The text ends too early. type; count = characters there are; expected = characters there should be.
    RecordTruncated = "record.truncated" (type, count, expected);
    /// Several texts stand where one belongs. type; count.
    RecordSeveral = "record.several" (type, count);
    /// The data stands there as a record of another type. type; found_type.
    RecordWrongType = "record.wrong-type" (type, found_type);
    /// Name and value were exchanged. found_at.
    RecordSwapped = "record.swapped" (found_at);
    /// The underscore was left out of the name. found_at.
    RecordUnderscoreDropped = "record.underscore-dropped" (found_at);
    /// The name for the return path is in use for something else. types = what stands there, comma separated; label = a free name, or empty.
    RecordReturnPathTaken = "record.return-path-taken" (types, label);
    /// More than one exchange at the name of a return path. count.
    RecordSeveralExchanges = "record.several-exchanges" (count);
    /// An alias was asked for at the domain itself, where none can stand. type.
    RecordAliasAtApex = "record.alias-at-apex" (type);
    /// The record is the same service's, for another account. found; expected.
    RecordOtherAccount = "record.other-account" (found, expected);
    /// The record is one that the service asked for formerly. found; expected.
    RecordFormerTarget = "record.former-target" (found, expected);
    /// Something else stands there. type; found.
    RecordOtherValue = "record.other-value" (type, found);
    /// Only a wildcard answers at the name. type; found.
    RecordByWildcard = "record.by-wildcard" (type, found);
    /// The record is right, but what it points at does not exist. target.
    RecordDanglingTarget = "record.dangling-target" (target);
    /// Nothing stands at the name, nor at any name or in any form in which it is usually mistyped. type; host = the provider that serves the zone, or empty; source = stated (the platform's list), catalogue, or account (the catalogue knows the name, the account the value); looked = yes when all usual mistakes were looked for, else no.
    RecordAbsent = "record.absent" (type, host, source, looked);
    /// The zone has it; resolvers still keep the answer that there is nothing. type; until = the time in UTC at which they ask again.
    RecordWaiting = "record.waiting" (type, until);
    /// The zone has the new data; resolvers still keep the old. type; until; old.
    RecordOldDataCached = "record.old-data-cached" (type, until, old);
    /// As it was asked for. type; policy: the one that was asked for, where the owner's DMARC record asks for
    /// less, nothing otherwise.
    RecordRight = "record.right" (type, policy);

    // SPF.
    /// No SPF record, and nothing that looks like one.
    SpfMissing = "spf.missing" ();
    /// More than one SPF record at one name: permerror. count = how many; merged = one record that holds all their terms.
    SpfMultiple = "spf.multiple" (count, merged);
    /// The record breaks the grammar. term = the term at fault; column = its position from 1; reason = a key of the reasons list (bad-domain, bad-ip4, bad-ip6, bad-prefix-length, bad-macro, missing-argument, unexpected-argument, repeated-modifier, not-ascii, other).
    SpfSyntax = "spf.syntax" (term, column, reason);
    /// A mechanism that does not exist, perhaps a misspelt one. term; suggestion = the mechanism probably meant, or empty.
    SpfUnknownMechanism = "spf.unknown-mechanism" (term, suggestion);
    /// Two terms stand together without the space that separates them. term = both as published; fixed = with the space; seam = yes when the join is between two strings of one TXT record, else no.
    SpfMissingSpace = "spf.missing-space" (term, fixed, seam);
    /// Typographic look-alikes stand where ASCII belongs (en dash, curly quotes, no-break space, byte order mark). found = the characters named as U+XXXX; fixed = the record with ASCII in their place.
    SpfLookAlike = "spf.look-alike" (found, fixed);
    /// The text is surrounded by quotes that are part of the data.
    SpfQuoted = "spf.quoted" (found, fixed);
    /// Something close to an SPF record that is none (v=spf, v=spf10, spf1, -v=spf1). found; fixed.
    SpfMisspelt = "spf.misspelt" (found, fixed);
    /// The record stands at another name (for example _spf.domain) and none at the domain. found_at = that name.
    SpfWrongPlace = "spf.wrong-place" (found_at);
    /// More than 10 terms that need a look-up: permerror. count; limit = 10.
    SpfTooManyLookups = "spf.too-many-lookups" (count, limit);
    /// 9 or 10 of the 10 look-ups are used. count; limit.
    SpfNearLookupLimit = "spf.near-lookup-limit" (count, limit);
    /// More than 2 look-ups that find nothing: permerror. count; limit = 2; terms = the terms, comma separated.
    SpfTooManyVoids = "spf.too-many-voids" (count, limit, terms);
    /// A term looks up a name that has nothing. term; target.
    SpfVoid = "spf.void" (term, target);
    /// A term mx meets more than 10 exchanges: permerror. term; count; limit = 10.
    SpfTooManyExchanges = "spf.too-many-exchanges" (term, count, limit);
    /// An included domain has no SPF record: permerror. target; via = the domain whose record includes it.
    SpfIncludeWithoutRecord = "spf.include-without-record" (target, via);
    /// An included domain's own record is broken: permerror. target; via; reason = text of the inner fault as a code, e.g. spf.syntax.
    SpfIncludeBroken = "spf.include-broken" (target, via, reason);
    /// Includes go round in a circle: permerror. target = the domain met again; via.
    SpfIncludeLoop = "spf.include-loop" (target, via);
    /// The included domain's registrable domain does not exist: whoever registers it may send as this domain. target; registrable.
    SpfIncludeRegistrable = "spf.include-registrable" (target, registrable);
    /// redirect= points at a domain without SPF record: permerror. target.
    SpfRedirectWithoutRecord = "spf.redirect-without-record" (target);
    /// Everybody on the Internet may send (+all). term.
    SpfPlusAll = "spf.plus-all" (term);
    /// The record says nothing about everybody else (?all).
    SpfNeutralAll = "spf.neutral-all" (term);
    /// Neither all nor redirect: everybody else is neutral.
    SpfNoAll = "spf.no-all" ();
    /// Terms after all are never read. terms = them, space separated.
    SpfTermsAfterAll = "spf.terms-after-all" (terms);
    /// redirect is ignored because the record has all. term.
    SpfRedirectIgnored = "spf.redirect-ignored" (term);
    /// The same term twice; each costs its look-ups again. term.
    SpfDuplicateTerm = "spf.duplicate-term" (term);
    /// ip4=... and the like: read as an unknown modifier and ignored. term; fixed = with a colon.
    SpfModifierLooksLikeMechanism = "spf.modifier-looks-like-mechanism" (term, fixed);
    /// The mechanism ptr is slow, unreliable and discouraged.
    SpfPtr = "spf.ptr" (term);
    /// mx on a domain that receives no mail (null MX) authorises nobody. term.
    SpfMxOfNullMx = "spf.mx-of-null-mx" (term);
    /// An address range of more than 65,536 addresses in one ip4 (wider than /16). term; prefix = bits.
    SpfWideRange = "spf.wide-range" (term, prefix);
    /// A private or reserved address is authorised; no mail arrives from there. term.
    SpfPrivateAddress = "spf.private-address" (term);
    /// An address with bits set beyond its prefix: the whole range counts. term; range = the range really authorised.
    SpfHostBits = "spf.host-bits" (term, range);
    /// The record is so long that its answer may not fit into a datagram. octets; limit = 450.
    SpfLong = "spf.long" (octets, limit);
    /// The domain receives mail here but its SPF record lets nobody send (v=spf1 -all with an MX).
    SpfNobody = "spf.nobody" ();
    /// A valid record. lookups; limit; all = the qualifier of all: -, ~, ?, + or none.
    SpfValid = "spf.valid" (lookups, limit, all);

    // DKIM.
    /// No key at any of the selectors that were asked. selectors = how many; list = their names, comma separated. Not the same as "no DKIM": selectors cannot be listed from the DNS.
    DkimNotFound = "dkim.not-found" (selectors, list);
    /// Nothing at all exists beneath _domainkey (NXDOMAIN): the domain publishes no DKIM key.
    DkimNoneAtAll = "dkim.none-at-all" ();
    /// A selector that was named in the question has no key. selector.
    DkimSelectorAbsent = "dkim.selector-absent" (selector);
    /// The key was withdrawn (p= is empty). selector.
    DkimRevoked = "dkim.revoked" (selector);
    /// RSA key under 1024 bits: receivers must not accept it. selector; bits.
    DkimShortKey = "dkim.short-key" (selector, bits);
    /// RSA key of 1024 to 2047 bits: accepted, 2048 recommended. selector; bits.
    DkimWeakKey = "dkim.weak-key" (selector, bits);
    /// More than one TXT record at the selector: receivers pick one, or none. selector; count.
    DkimMultiple = "dkim.multiple" (selector, count);
    /// One key cut into two TXT records instead of two strings of one record. selector; fixed.
    DkimSplitInTwo = "dkim.split-in-two" (selector, fixed);
    /// The key ends too early: cut off, often at 255 characters. selector; expected = octets the key says it has; found = octets there are.
    DkimTruncated = "dkim.truncated" (selector, expected, found);
    /// PEM lines (-----BEGIN PUBLIC KEY-----) stand in p=. selector; fixed.
    DkimPemArmor = "dkim.pem-armor" (selector, fixed);
    /// A private key was published: whoever reads it can sign as the domain. selector.
    DkimPrivateKey = "dkim.private-key" (selector);
    /// p= is no base64. selector; character = the offending character; column = position from 1 in the record.
    DkimNotBase64 = "dkim.not-base64" (selector, character, column);
    /// The octets of p= are no public key. selector.
    DkimKeyFormat = "dkim.key-format" (selector);
    /// An Ed25519 key with its DER wrapping instead of the 32 octets. selector; fixed.
    DkimEd25519Wrapped = "dkim.ed25519-wrapped" (selector, fixed);
    /// v= is not the first tag. selector; fixed.
    DkimVersionNotFirst = "dkim.version-not-first" (selector, fixed);
    /// v= has another value than DKIM1. selector; value; fixed.
    DkimVersionUnknown = "dkim.version-unknown" (selector, value, fixed);
    /// No p= tag. selector.
    DkimNoKey = "dkim.no-key" (selector);
    /// The text is no list of tag=value. selector; found.
    DkimUnreadable = "dkim.unreadable" (selector, found);
    /// Quotes or backslashes are part of the data. selector; fixed.
    DkimQuoted = "dkim.quoted" (selector, fixed);
    /// k= names a key type that no receiver knows. selector; value.
    DkimKeyTypeUnknown = "dkim.key-type-unknown" (selector, value);
    /// k= does not fit the key in p=. selector; value = what k= says; found = what the key is.
    DkimKeyTypeMismatch = "dkim.key-type-mismatch" (selector, value, found);
    /// h= allows no hash that receivers know. selector; value.
    DkimHashUnknown = "dkim.hash-unknown" (selector, value);
    /// h= allows only SHA-1, which receivers must not accept. selector.
    DkimSha1Only = "dkim.sha1-only" (selector);
    /// s= excludes mail. selector; value.
    DkimOtherService = "dkim.other-service" (selector, value);
    /// t=y: receivers treat the mail as unsigned. selector; fixed.
    DkimTesting = "dkim.testing" (selector, fixed);
    /// The key is wrapped as PKCS#1; a few receivers expect SubjectPublicKeyInfo. selector.
    DkimPkcs1 = "dkim.pkcs1" (selector);
    /// Only Ed25519 keys were found; many receivers know RSA only. list = selectors.
    DkimEd25519Only = "dkim.ed25519-only" (sender, list, scope);
    /// The selector is an alias of a name that does not exist. selector; target.
    DkimDangling = "dkim.dangling" (selector, target);
    /// A wildcard answers for every selector, so nothing can be concluded. found = what it says.
    DkimWildcard = "dkim.wildcard" (found);
    /// A valid key. selector; algorithm = rsa or ed25519; bits.
    DkimValid = "dkim.valid" (selector, algorithm, bits);

    // DMARC.
    /// No DMARC record applies.
    DmarcMissing = "dmarc.missing" ();
    /// More than one DMARC record at one name: all are ignored. count.
    DmarcMultiple = "dmarc.multiple" (count);
    /// The record stands at the domain itself or another wrong name instead of _dmarc. found_at.
    DmarcWrongPlace = "dmarc.wrong-place" (found_at);
    /// v=DMARC1 is written in other letters (v=dmarc1): the record is ignored. found; fixed.
    DmarcVersionCase = "dmarc.version-case" (found, fixed);
    /// v=DMARC1 is not at the very beginning: the record is ignored. found; fixed.
    DmarcVersionNotFirst = "dmarc.version-not-first" (found, fixed);
    /// White space before v=DMARC1: the record is ignored. found; fixed.
    DmarcLeadingSpace = "dmarc.leading-space" (found, fixed);
    /// Quotes or backslashes are part of the data: the record is ignored. found; fixed.
    DmarcQuoted = "dmarc.quoted" (found, fixed);
    /// Something close to a DMARC record that is none (v=DMARC, DMARC1, commas for semicolons). found; fixed.
    DmarcMisspelt = "dmarc.misspelt" (found, fixed);
    /// Typographic look-alikes in the record. found = characters as U+XXXX; fixed.
    DmarcLookAlike = "dmarc.look-alike" (found, fixed);
    /// p= is absent: treated as none when rua is valid, else the record is ignored. acts = none or nothing.
    DmarcPolicyMissing = "dmarc.policy-missing" (acts);
    /// p= has a value that does not exist. value; meant = the policy probably meant, or empty; acts = none or nothing.
    DmarcPolicyInvalid = "dmarc.policy-invalid" (value, meant, acts);
    /// sp= or np= has a value that does not exist, which turns the whole record into p=none or nothing. tag; value; meant; acts; policy = what p= says.
    DmarcSubdomainPolicyInvalid = "dmarc.subdomain-policy-invalid" (tag, value, meant, acts, policy);
    /// p=none: monitoring, nothing is refused. Fine to begin with.
    DmarcMonitoring = "dmarc.monitoring" ();
    /// p=quarantine or reject, and no DKIM key exists at all; SPF exists. policy.
    DmarcEnforcedWithoutDkim = "dmarc.enforced-without-dkim" (policy);
    /// p=quarantine or reject, with neither DKIM key nor usable SPF: all mail in this name fails. policy.
    DmarcEnforcedWithoutBoth = "dmarc.enforced-without-both" (policy);
    /// sp= is weaker than p=: subdomains are open to spoofing. policy; sp.
    DmarcSubdomainsWeaker = "dmarc.subdomains-weaker" (policy, sp);
    /// np= is weaker than what applies to subdomains. policy = that policy; np.
    DmarcNonexistentWeaker = "dmarc.nonexistent-weaker" (policy, np);
    /// pct= was removed by RFC 9989: new receivers apply the policy to all mail, old ones to a share. value.
    DmarcPctRemoved = "dmarc.pct-removed" (value);
    /// rf= or ri= were removed and do nothing. tags.
    DmarcRemovedTags = "dmarc.removed-tags" (tags);
    /// t=y: new receivers apply one level less, old ones ignore it. policy; effective.
    DmarcTesting = "dmarc.testing" (policy, effective);
    /// Pieces of the record that are no tag=value or an invalid value; they are ignored. parts.
    DmarcJunk = "dmarc.junk" (parts);
    /// A tag that no document defines; perhaps a misspelt one. tag; suggestion, or empty.
    DmarcUnknownTag = "dmarc.unknown-tag" (tag, suggestion);
    /// The same tag twice. tag.
    DmarcDuplicateTag = "dmarc.duplicate-tag" (tag);
    /// Strict alignment (adkim=s, aspf=s). tags = the tags as published.
    DmarcStrictAlignment = "dmarc.strict-alignment" (tags);
    /// No rua: nobody reports to the owner.
    DmarcNoReports = "dmarc.no-reports" ();
    /// A report address that is no usable URI (mailto: absent...). tag = rua or ruf; value; fixed = with mailto:, or empty.
    DmarcReportAddressInvalid = "dmarc.report-address-invalid" (tag, value, fixed);
    /// A report address in another organization's domain, which does not authorise it. tag; destination; record = name of the record it must publish.
    DmarcReportsNotAuthorised = "dmarc.reports-not-authorised" (tag, destination, record);
    /// More than two rua addresses: some receivers serve only two. count.
    DmarcManyReportAddresses = "dmarc.many-report-addresses" (count);
    /// The obsolete size limit (!10m) on a report address. value.
    DmarcReportSizeSuffix = "dmarc.report-size-suffix" (value);
    /// fo= without ruf= does nothing. value.
    DmarcFailureOptionsUnused = "dmarc.failure-options-unused" (value);
    /// The policy comes from a parent domain. policy_domain; policy; tag = p, sp or np, the tag that applies.
    DmarcInherited = "dmarc.inherited" (policy_domain, policy, tag);
    /// The two ways of finding the policy or the Organizational Domain (tree walk, public suffix list) differ: two receivers may disagree. walk; list = the organizational domain by each.
    DmarcDiscoveryDiffers = "dmarc.discovery-differs" (walk, list);
    /// psd=y on a domain that is no public suffix: its subdomains are taken for other organizations.
    DmarcPsdUnexpected = "dmarc.psd-unexpected" ();
    /// Other TXT records stand beside the DMARC record; they are ignored. count.
    DmarcUnrelatedText = "dmarc.unrelated-text" (count);
    /// _dmarc is an alias of a name without a record. target.
    DmarcDangling = "dmarc.dangling" (target);
    /// The policy is enforced and readable. policy.
    DmarcEnforced = "dmarc.enforced" (policy);

    // Receiving mail: MX.
    /// Null MX: the domain receives no mail; some receivers refuse mail from such a domain.
    MxNull = "mx.null" ();
    /// Null MX beside other MX records: contradiction. count = the others.
    MxNullBesideOthers = "mx.null-beside-others" (count);
    /// No MX; mail goes to the address of the domain itself.
    MxImplicit = "mx.implicit" ();
    /// Neither MX nor address: replies and bounces cannot be delivered, some receivers refuse.
    MxNone = "mx.none" ();
    /// An exchange has no address. exchange.
    MxWithoutAddress = "mx.without-address" (exchange);
    /// An exchange is an alias (CNAME), which is not allowed. exchange; target.
    MxAlias = "mx.alias" (exchange, target);
    /// An exchange is written as an IP address. exchange.
    MxIsAddress = "mx.is-address" (exchange);
    /// An exchange has only private addresses. exchange; address.
    MxPrivateAddress = "mx.private-address" (exchange, address);
    /// Mail exchanges with addresses. count.
    MxValid = "mx.valid" (count);

    // MTA-STS, TLS-RPT, BIMI.
    /// More than one MTA-STS record: as if none. count.
    MtaStsMultiple = "mta-sts.multiple" (count);
    /// The MTA-STS record is broken. found; reason = id-missing, id-syntax, not-first, syntax.
    MtaStsInvalid = "mta-sts.invalid" (found, reason);
    /// The policy file cannot be fetched. url; reason = no-address, refused-address, connect, tls, status, redirect, content-type, too-large, timeout, other; detail = status code or empty.
    MtaStsPolicyUnreachable = "mta-sts.policy-unreachable" (url, reason, detail);
    /// The policy file is broken. line; reason = version, mode, max-age, mx, syntax.
    MtaStsPolicyInvalid = "mta-sts.policy-invalid" (line, reason);
    /// A mail exchange is not named in the policy. exchange; mode.
    MtaStsExchangeNotListed = "mta-sts.exchange-not-listed" (exchange, mode);
    /// The policy is in testing mode.
    MtaStsTesting = "mta-sts.testing" ();
    /// A valid policy is enforced. exchanges = number of patterns.
    MtaStsValid = "mta-sts.valid" (exchanges);
    /// More than one TLS-RPT record: as if none. count.
    TlsRptMultiple = "tls-rpt.multiple" (count);
    /// The TLS-RPT record is broken. found; reason = rua-missing, rua-invalid, syntax.
    TlsRptInvalid = "tls-rpt.invalid" (found, reason);
    /// A valid TLS-RPT record. count = addresses.
    TlsRptValid = "tls-rpt.valid" (count);
    /// The BIMI record is broken. reason = not-https, no-location, syntax, multiple, avp.
    BimiInvalid = "bimi.invalid" (reason);
    /// The BIMI record cannot take effect because DMARC is not enforced. reason = dmarc-missing, dmarc-not-enforced, subdomains-not-enforced.
    BimiIneffective = "bimi.ineffective" (reason);
    /// The domain declines BIMI.
    BimiDeclined = "bimi.declined" ();
    /// A valid BIMI record. certificate = yes or no.
    BimiValid = "bimi.valid" (certificate);

    // One message: how it is put together.
    /// A field that may stand once stands several times (RFC 5322, section 3.6). field; count.
    MessageFieldRepeated = "message.field-repeated" (field, count);
    /// No field From.
    MessageNoFrom = "message.no-from" ();
    /// The field From holds no address that can be read.
    MessageFromUnreadable = "message.from-unreadable" ();
    /// No field Date.
    MessageNoDate = "message.no-date" ();
    /// The field Date cannot be read.
    MessageDateMalformed = "message.date-malformed" ();
    /// Date lies after the time at which the last server took the message. hours.
    MessageDateFuture = "message.date-future" (hours);
    /// Date lies long before that time. days.
    MessageDateOld = "message.date-old" (days);
    /// No field Message-ID.
    MessageNoMessageId = "message.no-message-id" ();
    /// The field Message-ID is not `<left@right>`.
    MessageMessageIdMalformed = "message.message-id-malformed" ();
    /// The right half of Message-ID names no host of the sender. host; kind = local (it exists inside one network only) or foreign (another organization than the sender and the servers that the message passed).
    MessageMessageIdDomain = "message.message-id-domain" (host, kind);
    /// No subject, or an empty one.
    MessageNoSubject = "message.no-subject" ();
    /// Octets outside ASCII stand in the header, and no server says that it may be so. fields = their names, comma separated; count.
    MessageHeaderNotAscii = "message.header-not-ascii" (fields, count);
    /// Lines longer than RFC 5322 allows. count = such lines; octets of the longest; limit = 998.
    MessageLongLine = "message.long-line" (count, octets, limit);
    /// A CR stands alone.
    MessageBareCr = "message.bare-cr" ();
    /// Some lines end with CRLF, some with LF alone.
    MessageMixedLineEnds = "message.mixed-line-ends" ();
    /// Lines in the header that are no field. count.
    MessageJunkInHeader = "message.junk-in-header" (count);
    /// Content fields without MIME-Version.
    MessageNoMimeVersion = "message.no-mime-version" ();
    /// Not all was looked at. what = parts or html.
    MessageNotAllRead = "message.not-all-read" (what);

    // One message: who it is from.
    /// Several mailboxes in From. count; sender = yes where a field Sender says who sent it, or no.
    MessageSeveralAuthors = "message.several-authors" (count, sender);
    /// Sender is the same address as From.
    MessageSenderSuperfluous = "message.sender-superfluous" ();
    /// Sender is of another organization than From. sender.
    MessageSenderForeign = "message.sender-foreign" (sender);
    /// Answers go to another organization. reply_to.
    MessageReplyToForeign = "message.reply-to-foreign" (reply_to);
    /// Answers go to a mailbox that anybody can open, though From is not one. reply_to.
    MessageReplyToFreeMail = "message.reply-to-free-mail" (reply_to);
    /// The displayed name holds an address or domain of another organization. shown = that one; kind = address or domain.
    MessageDisplayNameAddress = "message.display-name-address" (shown, kind);
    /// The domain of From is written with letters that look like others. resembles = in ASCII; list = the letters as U+XXXX.
    MessageLookAlikeDomain = "message.look-alike-domain" (resembles, list);
    /// From is an address of a mailbox provider, and others signed the message. signers = their domains, comma separated.
    MessageFreeMailByPlatform = "message.free-mail-by-platform" (signers);

    // One message: unsubscribing. bulk = fields (fields of the header show bulk mail), link (a link to unsubscribe does) or no; signs = those fields, comma separated, or empty.
    /// No List-Unsubscribe. bulk; signs.
    MessageUnsubscribeAbsent = "message.unsubscribe-absent" (bulk, signs);
    /// List-Unsubscribe has an address (mailto) only. bulk; signs.
    MessageUnsubscribeMailtoOnly = "message.unsubscribe-mailto-only" (bulk, signs);
    /// List-Unsubscribe has an http address and no https address. bulk; signs.
    MessageUnsubscribeNotHttps = "message.unsubscribe-not-https" (bulk, signs);
    /// List-Unsubscribe holds no URI between angle brackets.
    MessageUnsubscribeMalformed = "message.unsubscribe-malformed" ();
    /// List-Unsubscribe or List-Unsubscribe-Post stands several times. field; count.
    MessageUnsubscribeRepeated = "message.unsubscribe-repeated" (field, count);
    /// List-Unsubscribe without List-Unsubscribe-Post. bulk; signs.
    MessageOneClickAbsent = "message.one-click-absent" (bulk, signs);
    /// List-Unsubscribe-Post says something else than it must.
    MessageOneClickInvalid = "message.one-click-invalid" ();
    /// List-Unsubscribe-Post without an https address in List-Unsubscribe.
    MessageOneClickWithoutHttps = "message.one-click-without-https" ();
    /// No signature that counts covers both fields. reason = unsigned, failed (signatures, none of which is good) or unlisted; bulk.
    MessageOneClickNotSigned = "message.one-click-not-signed" (reason, bulk);
    /// Both fields are covered, but a second one could be added without breaking the signature.
    MessageOneClickNotOversigned = "message.one-click-not-oversigned" ();
    /// One-click unsubscribing is there and signed.
    MessageOneClick = "message.one-click" ();
    /// Bulk mail without a link to unsubscribe that could be seen. signs; wording = yes where the text speaks of unsubscribing all the same, or no.
    MessageNoUnsubscribeLink = "message.no-unsubscribe-link" (signs, wording);
    /// The only link to unsubscribe cannot be seen. how = display, size, colour or empty; target.
    MessageUnsubscribeHidden = "message.unsubscribe-hidden" (how, target);

    // One message: what it holds.
    /// HTML without the same as text beside it.
    MessageHtmlWithoutText = "message.html-without-text" ();
    /// The text beside the HTML is empty.
    MessageTextEmpty = "message.text-empty" ();
    /// Text and HTML do not say the same: one is many times longer, or the text only points to the HTML. text, html = letters of each.
    MessageTextDiffers = "message.text-differs" (text, html);
    /// The text of a link is an address of another organization than where it leads. shown; target; count = such links.
    MessageLinkDiffers = "message.link-differs" (shown, target, count);
    /// Links to IP addresses. target = the first; count.
    MessageLinkToAddress = "message.link-to-address" (target, count);
    /// Links with http. target; count.
    MessageLinkNotHttps = "message.link-not-https" (target, count);
    /// Links to services that shorten addresses. target; count.
    MessageLinkShortened = "message.link-shortened" (target, count);
    /// Links that are programs or data. scheme; count.
    MessageLinkScript = "message.link-script" (scheme, count);
    /// The HTML is so long that Gmail cuts it. kilobytes; limit.
    MessageHtmlLarge = "message.html-large" (kilobytes, limit);
    /// The message is large. megabytes; limit = the highest that it exceeds: 10, 20 or 25.
    MessageLarge = "message.large" (megabytes, limit);
    /// Pictures and hardly a word. count = pictures; letters.
    MessagePicturesOnly = "message.pictures-only" (count, letters);
}

impl Code {
    /// The part before the dot, which is also the name of its help page.
    pub fn topic(self) -> &'static str {
        self.as_str()
            .split_once('.')
            .expect("every code has a topic")
            .0
    }

    /// The part after the dot, which is also its anchor in the help page.
    pub fn anchor(self) -> &'static str {
        self.as_str()
            .split_once('.')
            .expect("every code has a topic")
            .1
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Code {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.as_str() == text)
            .ok_or(())
    }
}

impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What a finding means for mail in this domain's name, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Mail is refused or filed as spam because of this, or a check that mail depends on cannot work.
    Blocks,
    /// Works today, or partly; a change elsewhere or a stricter receiver breaks it.
    Risk,
    /// Nothing breaks; worth knowing or improving.
    Advice,
    /// As it should be.
    Fine,
}

/// One argument of a finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Argument {
    /// A count.
    Number(u64),
    /// Text, perhaps taken from the DNS: hostile until it is escaped where it is shown.
    Text(String),
}

impl From<usize> for Argument {
    fn from(number: usize) -> Self {
        Self::Number(number as u64)
    }
}

impl From<u32> for Argument {
    fn from(number: u32) -> Self {
        Self::Number(number.into())
    }
}

impl From<&str> for Argument {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Argument {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&Name> for Argument {
    fn from(name: &Name) -> Self {
        Self::Text(name.to_string())
    }
}

/// Proposed seconds in caches for what is published: an hour, so that a mistake is soon corrected.
pub(crate) const TTL_PROPOSED_S: u32 = 3600;

/// One change of one record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fix {
    /// What to do.
    pub action: Action,
    /// Owner name of the record.
    pub name: Name,
    /// Its type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
    /// Its data in the form a panel takes it, without quotes; for a deletion, the data to delete.
    pub value: String,
    /// Proposed seconds in caches; nothing for a deletion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ttl: Option<u32>,
}

impl Fix {
    /// Publishes a record.
    pub(crate) fn add(name: &Name, rtype: RecordType, value: String) -> Self {
        Self {
            action: Action::Add,
            name: name.clone(),
            rtype,
            value,
            ttl: Some(TTL_PROPOSED_S),
        }
    }

    /// Puts one record in place of the one of its kind that stands there.
    pub(crate) fn change(name: &Name, rtype: RecordType, value: String) -> Self {
        Self {
            action: Action::Change,
            ..Self::add(name, rtype, value)
        }
    }

    /// Removes a record; `value` says which, when several stand there.
    pub(crate) fn delete(name: &Name, rtype: RecordType, value: String) -> Self {
        Self {
            action: Action::Delete,
            ttl: None,
            ..Self::add(name, rtype, value)
        }
    }
}

/// What to do with a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    /// Publish a new record.
    Add,
    /// Replace the data of the record that stands there.
    Change,
    /// Remove the record.
    Delete,
}

/// Where a record was found, or was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// Owner name.
    pub name: Name,
    /// Record type.
    #[serde(rename = "type")]
    pub rtype: RecordType,
}

/// One thing to say about a domain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What it is.
    pub code: Code,
    /// What it means for mail.
    pub severity: Severity,
    /// What it is about: the name that the record stands at; of a message, the domain of its author, or the
    /// root where it has none.
    pub subject: Name,
    /// The arguments of its words.
    pub args: BTreeMap<&'static str, Argument>,
    /// What should stand there, when that can be said.
    pub expected: Option<String>,
    /// What stands there.
    pub found: Option<String>,
    /// Where.
    #[serde(rename = "where")]
    pub place: Option<Place>,
    /// What to change.
    pub fixes: Vec<Fix>,
}

impl Finding {
    /// Adds an argument of its words.
    pub(crate) fn arg(mut self, name: &'static str, value: impl Into<Argument>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// Says what should stand there.
    pub(crate) fn expected(mut self, text: String) -> Self {
        self.expected = Some(text);
        self
    }

    /// Says what stands there.
    pub(crate) fn found(mut self, text: String) -> Self {
        self.found = Some(text);
        self
    }
}
