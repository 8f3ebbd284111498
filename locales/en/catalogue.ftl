# What is known about sending services, DNS hosts and receivers, and `garant senders`.

## What a receiver does, as far as authentication decides.

receiver-other = Other receivers
receiver-action-deliver = Nothing stands against it
receiver-action-spam = Probably filed as spam
receiver-action-refuse = Probably refused
receiver-action-unknown = Unknown

receiver-rule-nothing-against = Nothing in the published rules stands against this message; its content and the sender’s reputation count too.
receiver-rule-policy-reject = The message fails DMARC, and the domain then asks for rejection (`p=reject`): it is refused, or filed as spam.
receiver-rule-policy-quarantine = The message fails DMARC, and the domain then asks for it to be filed as spam (`p=quarantine`).
receiver-rule-spf-or-dkim = The rule asks every sender for SPF or DKIM to pass; here neither does.
receiver-rule-spf-and-dkim = The rule asks for SPF and DKIM both to pass; that DMARC passes by one of them is not enough.
receiver-rule-aligned-leg = The rule asks for SPF or DKIM to pass for a name that agrees with the From address (alignment).
receiver-rule-dmarc-record = The rule asks for the domain to publish a DMARC policy, be it `p=none`.
receiver-rule-dmarc-pass = The rule asks for DMARC to pass, whatever the policy.
receiver-rule-spf-not-fail = The rule refuses mail from a server that the SPF record of the return address excludes (`fail`).
receiver-rule-unknown = What could be found out is not enough to tell.

## What to take care of at a DNS host.

host-hint-no-domain = Type this name only, without your domain: your DNS host adds it by itself.
host-hint-no-domain-unsure = Most DNS hosts add your domain to this name by themselves. If yours wants the whole name, type the whole name; in any case look at the name once it is saved.
host-hint-apex-at = `@` stands for the domain itself.
host-hint-apex-empty = Leave the field for the name empty: the record then is the domain’s own.
host-hint-apex-unsure = `@` stands for the domain itself. If the form does not accept it, leave the field empty.
host-hint-final-dot = Keep the final dot: without it your DNS host puts your domain behind the target.
host-hint-final-dot-unsure = Look at the target once it is saved: if your domain was put behind it, end it with a dot.
host-hint-dns-only = Choose “DNS only” (grey cloud): behind the proxy nobody sees this alias any more.
host-hint-quotes = Type the value with its straight quotes, as it is shown.
host-hint-no-quotes = Type the value without quotes: they would be refused, or become part of the record.
host-hint-long-whole = Paste the whole value at once and without quotes: your DNS host cuts it by itself.
host-hint-long-split = The value is longer than the 255 characters of one string: it is shown cut, each piece in quotes, with a space between. Paste it like that, into a single record.
host-hint-long-limited = This form stops at 255 characters, and the value is longer. Use the DKIM form, or the editing of the zone as text, which does not have this limit.
host-hint-long-unsure = The value is longer than the 255 characters of one string. Paste it whole; if it is refused or cut short, type it cut into pieces, each in quotes, in a single record.
host-hint-too-long = The value is longer than this DNS host takes in a TXT record. Ask for a shorter key (2048 bits at most), or for an alias (CNAME) instead of the text.
host-hint-underscore = The form of this DNS host refuses the character `_` in the name of a CNAME, although it is allowed. There are three ways out: ask its support to create the record; publish the key as text (TXT), if the sending service gives it; or hand `_domainkey` as a whole to other name servers with NS records.
host-hint-alias-at-apex = An alias (CNAME) cannot stand at the domain itself, where the SOA and NS records of the zone already are. Choose a name beneath it, such as a subdomain.
host-hint-custom-mx = First set “Mail settings” to “Custom MX”: MX records can be typed only then.

## What a sending service is.

catalogue-category-esp = newsletters and automatic messages
catalogue-category-mailbox = mailboxes
catalogue-category-hosting = hosting with mail
catalogue-category-support = customer support
catalogue-category-dmarc-vendor = reading of DMARC reports
catalogue-category-saas = online software
catalogue-category-gateway = filter before mailboxes
catalogue-category-forwarding = forwarding
catalogue-category-crm = customer relations
catalogue-category-billing = invoices and payment
catalogue-category-ecommerce = online shop
catalogue-category-cms = web site
catalogue-category-relay = sending relay

catalogue-confidence-verified = verified
catalogue-confidence-partly = verified in part
catalogue-confidence-unverified = not verified

catalogue-key-form-alias = as aliases (CNAME) of keys that the service holds and renews itself
catalogue-key-form-text = as text (TXT) that you paste
catalogue-key-form-either = as aliases (CNAME) or as text (TXT), depending on the account
catalogue-key-form-delegation = by handing `_domainkey` as a whole to its name servers (NS)
catalogue-key-form-unknown = we do not know

catalogue-return-path-service = Always its own: SPF passes for its domain, never for yours.
catalogue-return-path-subdomain = In a subdomain of yours where it is set up; otherwise its own.
catalogue-return-path-author = The sender’s own: the SPF record of your domain is what counts.
catalogue-return-path-unknown = We do not know whose it is; the Return-Path field of a received message shows it.

catalogue-return-path-form-alias = as an alias (CNAME)
catalogue-return-path-form-exchange = with an MX and an SPF record
catalogue-return-path-form-delegation = by handing it to its name servers (NS)

## The command `garant senders`.

cli-senders = Lists the sending services that are known, or shows one in full
cli-senders-word = The name of a service, such as activecampaign or Brevo
cli-senders-format = Form of the result: text or json; text otherwise

senders-list = { $count ->
    [one] One sending service is known.
   *[other] { $count } sending services are known.
} `garant senders NAME` shows one in full; `garant check DOMAIN --sender NAME` says whether its mail will be accepted.
senders-entry = { $name } ({ $confidence }): { $recognised ->
    [none] known by name only
   *[other] { $recognised }
}
senders-by-key = DKIM
senders-by-spf = SPF
senders-by-exchange = MX
senders-by-return-path = return address
senders-by-verification = verification code
senders-by-platform = through { $platform }, whose records it has
senders-id = id
senders-also = also called
senders-category = what it is
senders-confidence = certainty
senders-docs = documentation
senders-via = sends through
senders-recognised = What it is recognised by
senders-recognised-nothing = Nothing: its records are published nowhere, and we make nothing up. Your account shows them; `garant check --expect` examines them.
senders-recognised-via = Its records are those of { $platform }: the DNS does not tell them apart.
senders-key-target = a DKIM key that is an alias of
senders-spf-target = SPF that leads to
senders-exchange = an MX at
senders-return-path-target = a return address at
senders-verification = a text that begins with
senders-signature = DKIM signature
senders-key-form = keys published
senders-selectors = selectors
senders-selectors-all = selectors (it has no others)
senders-selectors-none = It has no known selector; the DKIM-Signature field of a received message shows it, after s=.
senders-account-selectors = of each account
senders-former = former targets, which no longer work
senders-return-path = Return address
senders-return-path-form = set up
senders-labels = usual subdomains
senders-own-domain = its own domain
senders-spf-include = to include in SPF
senders-records = Records that it asks for
senders-places = In braces: what only your account at this service knows; `domain` is your domain, `domain-dashes` the same with hyphens for dots.
senders-uncertain = This part is less certain than the rest: { $confidence }.
