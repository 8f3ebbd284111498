# Ce que dit chaque balise et chaque terme. $value : la valeur en minuscules ; $text : la même, à montrer.

tag-at-issue = en cause :
tag-unknown = une balise que les documents ne définissent pas ; les destinataires l’ignorent
tag-no-tag = pas une balise avec sa valeur ; les destinataires l’ignorent

## DMARC (RFC 9989 ; RFC 7489 pour les balises qu'elle a retirées).

tag-dmarc-v = la version : ce qui en fait un enregistrement DMARC
tag-dmarc-p = { $value ->
    [none] surveillance : rien n’est demandé aux destinataires, sinon des rapports
    [quarantine] ce qui n’a aucun appui aligné va en indésirables
    [reject] le refus est demandé pour ce qui n’a aucun appui aligné ; certains destinataires le classent plutôt en indésirables
   *[other] n’est aucune des trois politiques (none, quarantine, reject)
}
tag-dmarc-sp = { $value ->
    [none] sous-domaines sans politique propre : surveillance
    [quarantine] sous-domaines sans politique propre : indésirables
    [reject] sous-domaines sans politique propre : refus
   *[other] pour les sous-domaines ; n’est aucune des trois politiques (none, quarantine, reject)
}
tag-dmarc-np = { $value ->
    [none] sous-domaines qui n’existent pas : surveillance
    [quarantine] sous-domaines qui n’existent pas : indésirables
    [reject] sous-domaines qui n’existent pas : refus
   *[other] pour les sous-domaines qui n’existent pas ; n’est aucune des trois politiques (none, quarantine, reject)
}
tag-dmarc-rua = les rapports agrégés vont à { $text }
tag-dmarc-ruf = les rapports d’échec vont à { $text } ; peu de destinataires en envoient
tag-dmarc-adkim = { $value ->
    [r] alignement souple : la signature d’un sous-domaine compte aussi
    [s] alignement strict : seule compte la signature de ce domaine même
   *[other] avec quelle exactitude la signature doit convenir ; ni r ni s, donc souple
}
tag-dmarc-aspf = { $value ->
    [r] alignement souple : une adresse de retour dans un sous-domaine compte aussi
    [s] alignement strict : seule compte une adresse de retour à ce domaine même
   *[other] avec quelle exactitude l’adresse de retour doit convenir ; ni r ni s, donc souple
}
tag-dmarc-alignment-absent = { $count ->
    [1] absent, donc alignement souple
   *[other] absents, donc alignements souples
} : un sous-domaine compte aussi
tag-dmarc-fo = { $value ->
    [both] rapports d’échec quand les deux appuis échouent
    [any] rapports d’échec dès qu’un appui échoue
    [d] rapports d’échec quand une signature échoue, alignée ou non
    [s] rapports d’échec quand SPF échoue, aligné ou non
   *[other] dans quels cas des rapports d’échec sont souhaités
}
tag-dmarc-t = { $value ->
    [y] un essai : les destinataires appliquent un degré de moins que la politique ; les anciens ignorent cette balise
    [n] pas un essai : la politique s’applique telle quelle
   *[other] si la politique est un essai ; ni y ni n, donc ce n’en est pas un
}
tag-dmarc-psd = { $value ->
    [y] ce domaine est un suffixe public : les noms placés dessous sont à d’autres
    [n] ce domaine est la tête d’une organisation ; la recherche d’une politique s’arrête ici
    [u] qu’il soit ou non un suffixe public s’établit de la façon habituelle
   *[other] si c’est un suffixe public ; ni y, ni n, ni u
}
tag-dmarc-pct = la part des messages à laquelle la politique s’applique, en pour cent ; retirée par la RFC 9989, ignorée des destinataires récents
tag-dmarc-rf = la forme des rapports d’échec ; retirée par la RFC 9989, elle n’a plus d’effet
tag-dmarc-ri = la fréquence souhaitée des rapports ; retirée par la RFC 9989, elle n’a plus d’effet

## Clés DKIM (RFC 6376, RFC 8463).

tag-dkim-v = la version : ce qui en fait une clé DKIM
tag-dkim-k = { $value ->
    [rsa] le type de clé : RSA, que tous les destinataires vérifient
    [ed25519] le type de clé : Ed25519, que beaucoup de destinataires ne vérifient pas encore
   *[other] le type de clé, que les destinataires ne connaissent pas
}
tag-dkim-p = { EMPTY($value) ->
    [yes] vide : la clé a été retirée
   *[no] la clé publique{ $algorithm ->
        [rsa] , RSA, { DIGITS($bits) } bits
        [ed25519] , Ed25519
       *[none] {""}
    }
}
tag-dkim-h = les empreintes que les signatures peuvent employer : { $text }
tag-dkim-s = { $value ->
    [star] pour tout service, courrier compris
    [email] pour le courrier
   *[other] les services auxquels elle sert : { $text }
}
tag-dkim-t = { $value ->
    [y] un essai : les destinataires traitent le message comme s’il n’était pas signé
    [s] l’adresse nommée dans la signature doit être à ce domaine même
    [ys] un essai, et l’adresse nommée dans la signature doit être à ce domaine même
   *[other] indicateurs : { $text }
}
tag-dkim-n = une note pour les humains ; les destinataires l’ignorent
tag-dkim-g = les adresses auxquelles elle sert ; retirée depuis longtemps, les destinataires l’ignorent

## MTA-STS (RFC 8461), TLS-RPT (RFC 8460), BIMI.

tag-mta-sts-v = la version : ce qui annonce un fichier de politique
tag-mta-sts-id = la version du fichier de politique ; elle doit changer chaque fois que le fichier change
tag-mta-sts-policy = le fichier de politique
tag-mta-sts-policy-text = { $mode ->
    [enforce] mode enforce : sans TLS ni nom conforme, le message n’est pas remis
    [testing] mode testing : les défauts sont signalés, le message est remis
   *[none] mode none : la politique est retirée
}{ EMPTY($hosts) ->
    [yes] {""}
   *[no] {""} ; serveurs de réception : { $hosts }
}
tag-tls-rpt-v = la version : ce qui en fait un enregistrement TLS-RPT
tag-tls-rpt-rua = les rapports sur le chiffrement vont à { $text }
tag-bimi-v = la version : ce qui en fait un enregistrement BIMI
tag-bimi-l = { EMPTY($value) ->
    [yes] vide : aucun logo à montrer
   *[no] où se trouve le logo (SVG) : { $text }
}
tag-bimi-a = { EMPTY($value) ->
    [yes] vide : aucun certificat ne garantit le logo
   *[no] où se trouve le certificat du logo : { $text }
}
tag-bimi-avp = si le logo est celui d’une marque ou d’une personne : { $text }
tag-bimi-lps = parties locales d’adresses qui ont un logo à elles : { $text }

## SPF (RFC 7208). $outcome : ce qui suit quand le terme convient.

tag-spf-v = la version : ce qui en fait un enregistrement SPF
tag-spf-all = { $outcome ->
    [pass] tout serveur au monde peut envoyer en votre nom
    [fail] tout autre serveur est refusé
    [softfail] tout autre serveur est suspect, sans être refusé
   *[neutral] rien n’est dit de tout autre serveur
}
tag-spf-include = { $service ->
    [none] ce que permet l’enregistrement de { $target }
   *[other] { $service }
}{ $outcome ->
    [pass] {""}
    [fail] {" "}(refusé)
    [softfail] {" "}(suspect)
   *[neutral] {" "}(neutre)
}, { $lookups ->
    [one] une recherche DNS
   *[other] { $lookups } recherches DNS
}
tag-spf-a = les adresses { EMPTY($target) ->
    [yes] du nom lui-même
   *[no] du nom indiqué
}, une recherche DNS
tag-spf-mx = les serveurs qui reçoivent le courrier du nom, une recherche DNS
tag-spf-ptr = qui a une adresse menant à un nom d’ici ; lent et déconseillé
tag-spf-ip4 = { $outcome ->
    [pass] peut envoyer
    [fail] est refusé
    [softfail] est suspect
   *[neutral] rien n’en est dit
} : { $addresses ->
    [one] une adresse
   *[other] { $addresses } adresses
}
tag-spf-ip6 = { $outcome ->
    [pass] peut envoyer
    [fail] est refusé
    [softfail] est suspect
   *[neutral] rien n’en est dit
} : une adresse ou une plage IPv6
tag-spf-ip4-several = { $count } termes qui nomment des adresses, { $addresses } en tout
tag-spf-ip6-several = { $count } termes qui nomment des adresses ou des plages IPv6
tag-spf-exists = interroge un nom formé de l’adresse du serveur d’envoi, une recherche DNS
tag-spf-redirect = { $service ->
    [none] l’enregistrement de { $target } prend la place de celui-ci
   *[other] l’enregistrement de { $service } prend la place de celui-ci
}, { $lookups ->
    [one] une recherche DNS
   *[other] { $lookups } recherches DNS
}
tag-spf-exp = où se trouve l’explication d’un refus
tag-spf-modifier = un modificateur que le document ne définit pas ; les destinataires l’ignorent
tag-spf-unknown = un mécanisme qui n’existe pas : tout l’enregistrement est une erreur
tag-spf-not-read = { $text } ; jamais lu, car placé après « all »
tag-spf-several = { $count } termes dont il en va de même : { $text }
tag-spf-total = en tout
tag-spf-total-text = { $count ->
    [one] une recherche DNS sur les 10 permises
   *[other] { $count } recherches DNS sur les 10 permises
}

## MX.

tag-mx-host = { $service ->
    [none] {""}
   *[other] { $service } ; {""}
}{ $count ->
    [0] aucune adresse n’a été vue
    [one] adresse { $addresses }
   *[other] adresses { $addresses }
}
