# `garant demo` : un petit Internet sur cet ordinateur, et ses entreprises.
cli-demo = Montre Garant sur un petit Internet de cet ordinateur, sans rien demander au réseau
cli-demo-listen = L’adresse des pages, IP:PORT ; 127.0.0.1:8753 par défaut, ou un port libre si elle est prise
demo-ready =
    Un petit Internet tourne sur cet ordinateur : rien n’est demandé au réseau.

    Les pages :

      http://{ $address }/{ $lang }/

    Un premier contrôle, celui de { $domain } qui écrit par ActiveCampaign :

    { $verdict }

    Le détail, puis ce qu’il faut publier, dans un autre terminal :

      garant check { $domain } --sender activecampaign --nameserver { $resolver }
      garant plan { $domain } --sender activecampaign --nameserver { $resolver }

    Ctrl-C arrête tout.
demo-taken = { $address } est déjà pris par un autre programme : les pages sont sur un port libre.
error-demo-ports = Le système ne donne aucun port libre sur 127.0.0.1 : la démonstration ne peut pas commencer.

# Les entreprises, dans l’ordre de la page d’accueil.
demo-reject-without-dkim = Refusé sous p=reject
    .about = `votreentreprise.fr` : un service de campagnes écrit en son nom ; aucune clé à elle ne s’en porte garante.
demo-no-dmarc = La politique oubliée
    .about = `boulangerie-lune.example` : les trois alias demandés sont en place, DMARC n’y est pas.
demo-strict-spare-leg = Alignement strict, sans secours
    .about = `atelier-vasseur.example` : la signature suffit, l’adresse de retour ne compte plus.
demo-strict-other-name = Alignement strict, et deux autres noms
    .about = `imprimerie-colibri.example` : signature et adresse de retour sont dans des sous-domaines ; ni l’une ni l’autre ne compte.
demo-two-of-three = Deux alias sur trois
    .about = `librairie-des-quais.example` : celui de l’adresse de retour a été oublié.
demo-doubled-name = Le domaine écrit deux fois
    .about = `menuiserie-aubin.example` : l’hébergeur DNS ajoute lui-même le domaine ; les trois alias sont là où personne ne regarde.
demo-all-right = Tout est en ordre
    .about = `pharmacie-du-port.example` : trois alias, une politique, du courrier signé.
demo-twelve-lookups = Douze recherches pour dix permises
    .about = `northwind-cycles.example` : un `include` par service, et SPF n’est plus lu jusqu’au bout.
demo-two-spf = Deux enregistrements SPF
    .about = `harbour-tea.example` : le second devait compléter le premier ; ensemble ils n’en valent aucun.
demo-waiting = Publié à l’instant
    .about = `fleuriste-mirabelle.example` : la politique DMARC est en place, les résolveurs se souviennent encore de son absence.
demo-stale-server = Des serveurs qui ne disent pas la même chose
    .about = `garage-tournesol.example` : le deuxième serveur sert une ancienne version, le troisième ne connaît pas la zone.
demo-sends-nothing = Un domaine qui n’envoie rien
    .about = `ancienne-marque.example` : il le dit, et demande de refuser tout ce qui est envoyé en son nom.
demo-three-senders = Trois services, tous signés
    .about = `brightwater-books.example` : Microsoft 365, Google Workspace et SendGrid.
demo-wildcard = Une étoile qui répond à tout
    .about = `agence-pixel.example` : un enregistrement générique (wildcard) répond aussi à la place de DMARC.
