# `garant demo`: a small Internet on this machine, and its firms.
cli-demo = Shows Garant on a small Internet of this machine, asking nothing of the network
cli-demo-listen = Where the pages are, IP:PORT; 127.0.0.1:8753 unless given, or a free port where that is taken
demo-ready =
    A small Internet is running on this machine: nothing is asked of the network.

    The pages:

      http://{ $address }/{ $lang }/

    A first check, of { $domain } when it writes through ActiveCampaign:

    { $verdict }

    The details, and what to publish, in another terminal:

      garant check { $domain } --sender activecampaign --nameserver { $resolver }
      garant plan { $domain } --sender activecampaign --nameserver { $resolver }

    Ctrl-C ends it all.
demo-taken = { $address } is taken by another program: the pages are on a free port.
error-demo-ports = The system gives no free port on 127.0.0.1: the demonstration cannot begin.

# The firms, in the order of the front page.
demo-reject-without-dkim = Refused under p=reject
    .about = `votreentreprise.fr`: a campaign service writes in its name; no key of its own vouches for it.
demo-no-dmarc = The policy that was forgotten
    .about = `boulangerie-lune.example`: the three aliases that were asked for are there, DMARC is not.
demo-strict-spare-leg = Strict alignment, without a spare leg
    .about = `atelier-vasseur.example`: the signature is enough, the return address no longer counts.
demo-strict-other-name = Strict alignment, and two other names
    .about = `imprimerie-colibri.example`: signature and return address are in subdomains; neither of them counts.
demo-two-of-three = Two aliases out of three
    .about = `librairie-des-quais.example`: the one for the return address was forgotten.
demo-doubled-name = The domain written twice
    .about = `menuiserie-aubin.example`: the DNS host appends the domain by itself; the three aliases stand where nobody looks.
demo-all-right = All as it should be
    .about = `pharmacie-du-port.example`: three aliases, a policy, mail that is signed.
demo-twelve-lookups = Twelve look-ups where ten are allowed
    .about = `northwind-cycles.example`: an `include` for each service, and SPF is no longer read to its end.
demo-two-spf = Two SPF records
    .about = `harbour-tea.example`: the second was meant to add to the first; together they are worth none.
demo-waiting = Published a moment ago
    .about = `fleuriste-mirabelle.example`: the DMARC policy is there, and resolvers still remember that it was not.
demo-stale-server = Servers that do not say the same
    .about = `garage-tournesol.example`: the second server serves an old version, the third does not know the zone.
demo-sends-nothing = A domain that sends nothing
    .about = `ancienne-marque.example`: it says so, and asks for refusal of whatever is sent in its name.
demo-three-senders = Three services, all of them signed
    .about = `brightwater-books.example`: Microsoft 365, Google Workspace and SendGrid.
demo-wildcard = A star that answers everything
    .about = `agence-pixel.example`: a wildcard record answers in place of DMARC too.
