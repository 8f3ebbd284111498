# Images : l’arbre SPF, le trajet d’un message, où un enregistrement est vu. Ce que dit une image, sa liste le dit aussi.

picture-list-says-same = La liste qui suit l’image dit la même chose.

## L’arbre SPF. $count, $lookups, $voids : nombres ; $reason : pourquoi un destinataire s’arrête.

picture-spf-heading = L’arbre SPF
picture-spf-title = L’arbre SPF de { $domain }
picture-spf-caption = De haut en bas, dans l’ordre où un destinataire lit l’enregistrement quand rien n’y répond plus tôt. Chaque cercle est une recherche DNS. La longueur des barres est logarithmique ; une barre creuse compte aussi ce qui est dessous. En pointillé : jamais lu.
picture-spf-column-number = n°
picture-spf-column-term = ce qu’un destinataire lit, dans l’ordre
picture-spf-column-service = service
picture-spf-column-note = adresses couvertes
picture-spf-lookups = { $count } { $count ->
    [one] recherche DNS
   *[other] recherches DNS
} sur 10 permises
picture-spf-voids = { $count } { $count ->
    [one] recherche vide
   *[other] recherches vides
} sur 2 permises
picture-spf-after = Après le plan : { $lookups } sur 10, { $voids } { $voids ->
    [one] vide
   *[other] vides
} sur 2
picture-spf-summary = L’enregistrement SPF de `{ $domain }` demande { $lookups } { $lookups ->
    [one] recherche DNS
   *[other] recherches DNS
} sur les 10 permises, dont { $voids } { $voids ->
    [one] vide
   *[other] vides
} sur les 2 permises.
picture-spf-read-whole = Un destinataire peut le lire jusqu’au bout.
picture-spf-unsure = Une partie n’a pas pu être lue : ces nombres sont ceux de ce qui l’a été.
picture-spf-stopped = { $reason ->
    [lookups] Un destinataire s’arrête après la dixième recherche, avec une erreur permanente (permerror) : `{ $term }` demande la onzième, et ce qui suit n’est jamais lu.
    [voids] Un destinataire s’arrête à la troisième recherche vide, `{ $term }`, avec une erreur permanente (permerror) : ce qui suit n’est jamais lu.
    [syntax] Un destinataire n’en lit rien et s’arrête avec une erreur permanente (permerror) : `{ $term }` n’est pas écrit comme il faut.
    [unseen] Un destinataire s’arrête avant la fin, avec une erreur permanente (permerror).
   *[term] Un destinataire s’arrête à `{ $term }`, avec une erreur permanente (permerror) : { $said }. Ce qui suit n’est jamais lu.
}
picture-spf-stop = { $reason ->
    [lookups] Limite de dix : le destinataire s’arrête ici (permerror)
    [voids] Troisième recherche vide : le destinataire s’arrête ici (permerror)
    [syntax] Faute d’écriture : le destinataire n’en lit rien (permerror)
   *[term] Le destinataire s’arrête ici (permerror)
}
picture-spf-more = et { $count } { $count ->
    [one] autre terme
   *[other] autres termes
}
picture-spf-run = et { $count } { $count ->
    [one] autre
   *[other] autres
}
picture-spf-covers = { $count ->
    [0] { $ranges ->
        [0] aucune adresse IPv4
        [one] { $ranges } plage IPv6
       *[other] { $ranges } plages IPv6
    }
    [one] { $count } adresse{ $total ->
        [yes] {" "}en tout
       *[no] {""}
    }
   *[other] { $count } adresses{ $total ->
        [yes] {" "}en tout
       *[no] {""}
    }
}
picture-spf-never = { EMPTY($says) ->
    [yes] jamais lu
   *[no] { $says }, jamais lu
}
picture-spf-not-read = jamais lu : placé après le terme all, ou à côté de lui
picture-spf-void = { $count ->
    [none] vide : rien à ce nom
   *[other] vide { $count } sur 2 : rien à ce nom
}
picture-spf-at-fault = le terme en cause : { $said }
picture-spf-fault = { $fault ->
    [lookups] la onzième recherche
    [voids] la troisième recherche vide
    [syntax] mal écrit
    [void] rien à ce nom
    [no-record] pas d’enregistrement SPF à ce nom
    [multiple] plusieurs enregistrements SPF à ce nom
    [broken] l’enregistrement de ce nom est mal écrit
    [loop] il ramène à lui-même
    [mx-names] plus de dix serveurs de réception
    [mx-null] ce domaine ne reçoit pas de courrier : n’autorise personne
    [not-a-name] ce n’est pas un nom de domaine
    [unanswered] le DNS n’a pas répondu
    [not-followed] compté, mais plus suivi
   *[depends-on-message] dépend du message
}
picture-spf-rest = { $qualifier ->
    [fail] tous les autres : refusés
    [softfail] tous les autres : suspects
    [neutral] tous les autres : ni autorisés, ni refusés
    [exp] explication jointe à un refus
   *[pass] tous les autres : autorisés
}

## Le trajet d’un message. $leg : envelope (adresse de retour) ou seal (signature).

picture-path-heading = Le trajet d’un message
picture-path-title = { $sender ->
    [none] Trajet du courrier décrit
   *[other] Trajet d’un message envoyé par { $sender }
}
picture-path-caption = Flèche courbe : alignement souple (même organisation). Flèche droite : alignement strict (le nom lui-même). Une flèche rompue par une croix n’atteint pas l’adresse affichée ; en pointillé avec un point d’interrogation, ce n’est pas établi. Un seul appui suffit à DMARC ; deux valent mieux. Le contenu et la réputation comptent aussi.
picture-path-step-service = 1. Le service
picture-path-step-names = 2. Les trois noms du message
picture-path-step-receiver = 3. Le destinataire
picture-path-service = Votre service
picture-path-writes = écrit pour vous
picture-path-from-label = adresse d’expédition affichée (From)
picture-path-from-label-short = adresse affichée (From)
picture-path-label = { $leg ->
    [envelope] adresse de retour
   *[seal] signature
}
picture-path-by = { $leg ->
    [envelope] MAIL FROM, vu par SPF
   *[seal] d=, vu par DKIM
}
picture-path-of-service = celle du service
picture-path-not-known = non connue
picture-path-proof = { $leg ->
    [envelope] { $detail ->
        [pass] SPF réussit
        [unknown] SPF : non établi
        [none] SPF : rien de publié
       *[other] SPF : { $detail }
    }
   *[seal] { $detail ->
        [yes] clé publiée
        [no] pas de clé utilisable
        [some] clé Ed25519 seule
       *[unknown] clé : non établi
    }
}
picture-path-says = { $leg ->
    [envelope] { $comes ->
        [yes] SPF appuie votre adresse
        [apart] SPF réussit, mais pas pour vous
        [kin] SPF réussit, mais pas au nom exact
        [foreign] SPF : pas pour vous
        [no] SPF : pas d’appui
       *[unknown] SPF : non établi
    }
   *[seal] { $comes ->
        [yes] DKIM appuie votre adresse
        [apart] DKIM signe, mais pas pour vous
        [kin] DKIM signe, mais pas au nom exact
        [foreign] DKIM : pas pour vous
        [no] DKIM : pas d’appui
       *[unknown] DKIM : non établi
    }
}
picture-path-mode = { $mode ->
    [relaxed] souple
   *[strict] strict
}
picture-path-asked = demandé
picture-path-support = { $legs ->
    [0] 0 appui sur 2
    [1] 1 appui sur 2
    [2] 2 appuis sur 2
    [some] Au moins 1 appui
   *[unknown] Appuis non établis
}
picture-path-dmarc = { $result ->
    [pass] DMARC : réussite
    [fail] DMARC : échec
    [none] DMARC : sans politique
   *[unknown] DMARC : non établi
}
picture-path-no-policy = Votre domaine ne demande rien aux destinataires.
picture-path-outcomes = Selon la politique
picture-path-current = la vôtre
picture-path-outcome = { $outcome ->
    [deliver] rien ne s’y oppose
    [nothing] remis comme sans DMARC
    [spam] classé en indésirables
    [refuse] refusé, ou classé en indésirables
   *[unknown] non établi
}
picture-path-after = Après le plan : { $support }, { $policy ->
    [absent] sans politique
   *[other] p={ $policy }
}, { $outcome }
picture-path-from = Le message affiche l’adresse { $from } (From).
picture-path-leg = { $leg ->
    [envelope] Adresse de retour (MAIL FROM)
   *[seal] Signature (d=)
} : { $named ->
    [yes] `{ $name }`
   *[no] { $name }
}{ $organization ->
    [none] { "" }
   *[other] { " (" }{ $organization })
} ; { $proof }. Appui en alignement souple : { $relaxed ->
    [yes] oui
    [no] non
   *[unknown] non établi
} ; en alignement strict : { $strict ->
    [yes] oui
    [no] non
   *[unknown] non établi
} ; { $asked ->
    [strict] le strict est demandé
   *[relaxed] le souple suffit
}. { $says }.
picture-path-policies = Selon la politique : sous `p=none`, { $none } ; sous `p=quarantine`, { $quarantine } ; sous `p=reject`, { $reject }.

## Le trajet d’un message.

picture-message-title = Le trajet de ce message
picture-message-step = 1. Le serveur d’envoi
picture-message-current = celle du domaine
picture-message-no-policy = Le domaine ne demande rien aux destinataires.
picture-message-client-unknown = non connu
picture-message-no-author = pas d’adresse unique
picture-message-address = à l’adresse { $address }
picture-message-hands = a remis le message
picture-message-sealed = transmis par { $name }
picture-message-sealed-more = et par { $count ->
    [one] un autre
   *[other] { $count } autres
}
picture-message-sender = Remis par `{ $sender }` ({ $sends }).
picture-message-unsigned = pas de signature
picture-message-organization = organisation : { $name }
picture-message-proof = { $leg ->
    [envelope] { $detail ->
        [pass] SPF réussit
        [unknown] SPF : non établi
        [temperror] SPF : pas de réponse
        [none] SPF : rien de publié
       *[other] SPF : { $detail }
    }
   *[seal] { $detail ->
        [pass] la signature est bonne
        [none] non signé
        [unknown] non établi
        [temperror] clé sans réponse DNS
       *[other] DKIM : { $detail }
    }
}

## Où un enregistrement est vu : les serveurs de la zone et les caches.

picture-seen-heading = Qui le voit
picture-seen-title = Où les enregistrements de { $domain } sont vus
picture-seen-caption = D’abord ce que les serveurs de la zone ont eux-mêmes, puis ce que voient les résolveurs, qui gardent une réponse, même négative, le temps que la zone permet. Les heures sont en UTC.
picture-seen-servers = serveurs de la zone
picture-seen-caches = résolveurs et leurs caches
picture-seen-column-server = Serveur
picture-seen-column-version = Version ou heure
picture-seen-column-found = Ce qu’il a
picture-seen-column-says = État
picture-seen-version = version { $serial }
picture-seen-more-names = et { $count } { $count ->
    [one] autre nom interrogé
   *[other] autres noms interrogés
}
picture-seen-more-servers = et { $count } { $count ->
    [one] autre serveur
   *[other] autres serveurs
}
picture-seen-zone = { $serving } { $serving ->
    [one] serveur
   *[other] serveurs
} sur { $count } servent la zone `{ $name }`.
picture-seen-place = `{ $name }` ({ $type }) : { $heard } { $heard ->
    [one] serveur
   *[other] serveurs
} sur { $count } { $heard ->
    [one] a répondu
   *[other] ont répondu
}{ $agreement ->
    [none] {""}
    [differ] {" "}et ne disent pas la même chose
    [nothing] , et rien n’y est publié
   *[same] , et l’enregistrement y est publié
}.
picture-seen-server = { $state ->
    [serves] { $found ->
        [nothing] rien à ce nom
        [record] publié ici
       *[not-asked] sert la zone
    }
    [stale] { $found ->
        [nothing] version plus ancienne : rien à ce nom
       *[record] version plus ancienne
    }
    [differs] { $found ->
        [nothing] répond autrement : rien à ce nom
       *[record] répond autrement
    }
    [refused] refuse de répondre pour la zone
    [servfail] signale une défaillance
    [not-authoritative] ne sert pas la zone
    [no-address] son nom n’a pas d’adresse
    [silent] n’a pas répondu
    [malformed] a donné une réponse illisible
   *[not-asked] n’a pas été interrogé
}{ $listed ->
    [parent] {" "}; listé par la zone mère seule
    [zone] {" "}; listé par la zone seule
   *[both] {""}
}
picture-seen-cache = { $state ->
    [waiting] Les résolveurs n’y voient encore rien
    [old] Les résolveurs y voient encore l’ancienne valeur
    [unknown] Ce que voient les résolveurs n’a pas pu être établi
    [no-source] Les résolveurs n’ont personne à qui le demander, autant qu’on l’ait vu
    [either] Les résolveurs voient l’un ou l’autre, selon le serveur qui leur répond
   *[same] Rien d’autre n’a été vu chez les résolveurs
}
picture-seen-asked = demandé à { CLOCK($time) } UTC, le { DATE($time) }
picture-seen-until = Visible vers { CLOCK($time) } UTC, le { DATE($time) }
