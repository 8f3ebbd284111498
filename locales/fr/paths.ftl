# Les mots d’un trajet : de qui est le courrier, ses deux appuis, et ce qu’il devient.

path-title = { $sender ->
    [none] Le courrier que vous avez décrit
   *[other] Messages envoyés par { $sender }
}
path-summary = { $result ->
    [pass] { $legs ->
        [2] DMARC réussit, deux appuis sur deux
        [1] { $leg ->
            [spf] DMARC réussit par l’adresse de retour seule (SPF)
            [dkim] DMARC réussit par la signature seule (DKIM)
           *[none] DMARC réussit par un appui sur deux
        }
       *[unknown] DMARC réussit
    }
    [fail] { $policy ->
        [reject] DMARC échoue, et la politique demande le refus (`p=reject`)
        [quarantine] DMARC échoue, et la politique demande le classement en indésirables (`p=quarantine`)
       *[none] DMARC échoue, et la politique ne demande rien (`p=none`)
    }
    [none] { $legs ->
        [0] pas de politique DMARC, et aucun appui
        [1] pas de politique DMARC ; un appui sur deux
        [2] pas de politique DMARC ; deux appuis sur deux
       *[unknown] pas de politique DMARC
    }
   *[unknown] n’a pas pu être établi
}

path-from = adresse d’expédition affichée (From)
path-return-path = adresse de retour (MAIL FROM)
path-signature = signature (DKIM, d=)
path-unknown = non connue
path-of-service = celle du service

path-basis-stated = { $name }, comme vous l’avez indiqué
path-basis-record = { $name }, comme le montre votre DNS
path-basis-catalogue = { $name }, d’après notre catalogue
path-basis-catalogue-uncertain = { $name }, d’après notre catalogue, qui n’en est pas certain ; le champ Return-Path d’un message reçu le montre
path-basis-unknown = { $name } ; le champ Return-Path d’un message reçu le montre

path-return-path-text = { $kinship ->
    [own] { $result ->
        [pass] SPF réussit, et ce nom est dans votre domaine (aligné) : un appui.
        [unknown] Ce nom est dans votre domaine (aligné) ; on n’a pas pu établir si SPF réussit.
       *[other] Ce nom est dans votre domaine (aligné), mais SPF n’y réussit pas (`{ $result }`) : pas d’appui.
    }
    [strict] { $result ->
        [pass] SPF réussit, mais votre politique DMARC exige le nom { $domain } lui-même (alignement strict) : pas d’appui.
       *[other] Votre politique DMARC exige le nom { $domain } lui-même (alignement strict) : pas d’appui.
    }
    [apart] Les enregistrements DMARC en font une autre organisation que { $domain } (non aligné) : pas d’appui.
    [service] Tant qu’aucun nom de votre domaine n’est prévu pour elle, c’est celle du service (non alignée) : pas d’appui.
    [foreign] { $result ->
        [pass] SPF réussit, mais pour { $mail_from }, pas pour votre domaine (non aligné) : pas d’appui.
       *[other] Ce n’est pas votre domaine (non aligné) : pas d’appui, quoi que dise SPF.
    }
   *[unknown] { $result ->
        [pass] SPF réussit ; on n’a pas pu établir si ce nom s’accorde avec votre domaine (alignement).
       *[other] On n’a pas pu établir si elle appuie votre domaine.
    }
}
path-signature-text = { $found ->
    [yes] { $kinship ->
        [own] Une clé en état de marche s’y trouve ({ $working }), et elle répond de votre domaine (alignée) : un appui.
        [strict] Une clé en état de marche s’y trouve ({ $working }), mais votre politique DMARC exige le nom { $domain } lui-même (alignement strict) : pas d’appui.
        [apart] Une clé en état de marche s’y trouve ({ $working }), mais les enregistrements DMARC font de { $dkim_domain } une autre organisation (non alignée) : pas d’appui.
        [foreign] Une clé en état de marche s’y trouve ({ $working }), mais elle répond de { $dkim_domain }, pas de votre domaine (non alignée) : pas d’appui.
       *[unknown] Une clé en état de marche s’y trouve ({ $working }) ; on n’a pas pu établir si son domaine s’accorde avec le vôtre (alignement).
    }
    [ed25519] Une clé est publiée ({ $working }), mais de type Ed25519 seulement, que beaucoup de destinataires ne vérifient pas : un appui chez certains destinataires seulement.
    [no] Aucune clé utilisable par les destinataires n’a été trouvée à ses sélecteurs ({ $selectors }) : pas d’appui.
    [nowhere] Aucune clé utilisable par les destinataires n’a été trouvée : pas d’appui.
   *[unknown] { $kinship ->
        [foreign] Elle répond de { $dkim_domain }, pas de votre domaine (non alignée) : pas d’appui.
       *[other] On n’a pas pu établir si une clé s’y trouve ; si vous connaissez le sélecteur, indiquez-le avec --selector.
    }
}

path-dmarc = { $result ->
    [pass] { $legs ->
        [2] DMARC réussit, avec deux appuis sur deux.
        [1] { $leg ->
            [spf] DMARC réussit, avec un appui sur deux : l’adresse de retour. Un transfert le rompt.
            [dkim] DMARC réussit, avec un appui sur deux : la signature. Ce qui modifie le message en route le rompt.
           *[none] DMARC réussit, avec un appui sur deux.
        }
       *[unknown] DMARC réussit, avec au moins un appui.
    }
    [fail] { $policy ->
        [reject] DMARC échoue : aucun appui sur deux. Le domaine demande alors le refus (`p=reject`).
        [quarantine] DMARC échoue : aucun appui sur deux. Le domaine demande alors le classement en indésirables (`p=quarantine`).
       *[none] DMARC échoue : aucun appui sur deux. Le domaine ne demande alors rien (`p=none`).
    }
    [none] { $legs ->
        [0] Pas de politique DMARC, et aucun des deux appuis n’est là.
        [1] Pas de politique DMARC. Un appui sur deux est là.
        [2] Pas de politique DMARC. Les deux appuis sont là.
       *[unknown] Pas de politique DMARC.
    }
   *[unknown] Ce qu’en dit DMARC n’a pas pu être établi.
}{ $of ->
    [own] {""}
   *[other] {" "}La politique est celle de { $of }.
}
path-dmarc-older = D’après la RFC 7489, que bien des destinataires suivent encore : { $result ->
    [pass] il réussit. Deux destinataires peuvent donc décider différemment.
    [fail] il échoue. Deux destinataires peuvent donc décider différemment.
    [none] pas de politique. Deux destinataires peuvent donc décider différemment.
   *[unknown] n’a pas pu être établi.
}

path-shape-keys-and-return-path = Les clés et l’adresse de retour de ce service sont configurées dans votre zone.
path-shape-keys-only = Les clés de ce service sont configurées dans votre zone, son adresse de retour ne l’est pas.
path-shape-return-path-only = L’adresse de retour de ce service est configurée dans votre zone, mais aucune clé ne l’est.
path-shape-mailbox = Ce service tient vos boîtes aux lettres : l’adresse de retour est celle de l’expéditeur.
path-shape-none = Rien de ce service ne se trouve à sa place dans votre zone.

## Parties des constats sur un trajet. $dkim, $spf : pourquoi chacun ne compte pas.

path-part-dkim = { $dkim ->
    [no-key] Aucune clé utilisable par les destinataires n’a été trouvée pour leur signature
    [strict] Leur signature est faite au nom de { $dkim_domain }, et `adkim=s` n’admet que { $domain } lui-même
    [apart] Leur signature, faite au nom de { $dkim_domain }, compte pour une autre organisation
    [foreign] Leur signature est faite au nom d’un autre domaine ({ $dkim_domain })
   *[other] Leur signature ne compte pas pour { $domain }
}
path-part-spf = { $spf ->
    [strict] `aspf=s` empêche leur adresse de retour ({ $mail_from }) de compter
    [not-authorised] l’enregistrement SPF de leur adresse de retour ({ $mail_from }) n’admet pas cet envoi
    [apart] leur adresse de retour ({ $mail_from }) compte pour une autre organisation
    [foreign] leur adresse de retour{ EMPTY($mail_from) ->
        [yes] {""}
       *[no] {" "}({ $mail_from })
    } n’appartient pas à votre domaine
   *[other] leur adresse de retour ne compte pas pour { $domain }
}
path-part-first = { $cause ->
    [records] Publiez les enregistrements que nomme la partie « { card-records } », avec la valeur qu’elle montre.
    [no-key] Publiez la clé DKIM que { verdict-part-service } vous a donnée pour { $domain } ; le constat sur cette clé en dit plus.
    [strict] Faites signer ces messages au nom de { $domain } même. Si ce n’est pas possible, retirez `adkim=s` et rien d’autre : le constat sur la signature montre l’enregistrement.
    [foreign] Activez l’authentification de votre domaine dans les réglages { verdict-part-of }, pour que ces messages soient signés au nom de { $domain }, et publiez les enregistrements affichés alors.
    [apart] Faites signer ces messages au nom de { $domain } même.
   *[other] Corrigez d’abord la signature : les constats à son sujet disent comment.
}

path-receivers = Ce que font les destinataires, d’après leurs règles publiées
path-receivers-bulk = Pour les envois en nombre, certains demandent davantage
path-receivers-in-bulk = { $action }{ $count ->
    [none] {" "}pour les envois en nombre
   *[other] {" "}à partir d’environ { $count } messages par jour
}
path-recognised = reconnu à
path-evidence-dkim-alias = { $name }, alias de { $text }
path-evidence-return-path = { $name }, qui mène à { $text }
path-evidence-spf = l’enregistrement SPF de { $name } : { $text }
path-evidence-exchange = le serveur de réception (MX) { $text }
path-evidence-verification = le texte publié à { $name } qui commence par { $text }
path-catalogue = notre catalogue
path-confidence-verified = ce qu’il dit de ce service a été vérifié dans la documentation du service.
path-confidence-partly = ce qu’il dit de ce service a été vérifié en partie ; un message d’essai apporte la preuve du reste.
path-confidence-unverified = ce qu’il dit de ce service n’a pas été vérifié ; un message d’essai en apporte la preuve.
path-others = Les autres services que montre votre DNS

## Cartes.

card-path = Trajet
card-records = Enregistrements
card-dmarc-elsewhere = Échoue pour ce courrier ; rien à changer ici : { $card ->
    [records] la cause est dans les enregistrements demandés
   *[other] la cause est { $card }
}

## Les serveurs de la zone.

servers-title = { $host ->
    [none] Serveurs de la zone { $zone }, interrogés un par un
   *[other] Serveurs de la zone { $zone } ({ $host }), interrogés un par un
}
servers-server = { $name }{ $address ->
    [none] {""}
   *[other] {" "}({ $address })
} : { $status ->
    [serves] { $serial ->
        [none] sert la zone
       *[other] sert la zone, version { $serial }
    }
    [refused] refuse de répondre pour elle
    [servfail] signale une défaillance
    [not-authoritative] ne sert pas la zone
    [no-address] son nom n’a pas d’adresse
    [silent] n’a pas répondu
    [malformed] a donné une réponse illisible
   *[not-asked] n’a pas été interrogé
}

## Les mots d’un plan qui ne sont pas dans plan.ftl.

planned-panel = Chez { $host }{ $path ->
    [none] {""}
   *[other] {" : "}{ $path }
}{ $panel ->
    [none] {""}
   *[other] {" "}({ $panel })
}
planned-priority = Priorité
planned-empty = (laissez ce champ vide)
planned-value-split = La même en morceaux, si le formulaire le demande
planned-unknown = Trop peu a pu être établi pour dire quoi changer pour { $domain }. Redemandez.
planned-affects-none = Aucun autre service que montre votre DNS n’est touché.
planned-heading-ticket = Texte à transmettre à la personne qui tient votre DNS
