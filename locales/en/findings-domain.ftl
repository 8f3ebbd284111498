### The domain itself. Arguments everywhere: $domain, $name.

finding-domain-absent = The domain { $domain } does not exist in the DNS
    .why = The name servers answer that there is no such name (NXDOMAIN). A receiver then knows neither whom to answer nor who may write in this name: many turn away at once a message whose sender address (From) or return address (MAIL FROM) is in a domain that does not exist.
    .fix = Check the spelling first. If it is right, ask your registrar whether the name has expired or is suspended, and whether it lists the servers of your DNS host. If it is a subdomain, publish the records you were asked for there: it exists from the first one on.

finding-domain-free-mail = The domain { $domain } belongs to a mailbox provider, not to you
    .why = Only the provider can publish records for it. A message that another service sends with such a sender address (From) therefore gets neither SPF nor DKIM in that name, and will probably be refused or filed as spam.
    .fix = For the sender address, use a domain of your own. Your address at { $domain } can remain the address for replies (Reply-To).

finding-domain-public-suffix = { $domain } is a public suffix: names are registered beneath it
    .why = Every name beneath a public suffix has a holder of its own. Receivers therefore look for a DMARC policy at your own name; the records of the suffix concern its operator only.
    .fix = Check which domain stands in your addresses, for example example.com rather than com. If you operate this suffix and it sends mail itself, say so with `psd=y` in its DMARC record.
