### DNSSEC. Arguments partout : $domain, $name.

finding-dnssec-bogus = Les signatures DNSSEC de { $domain } ne sont pas valides
    .why = Les résolveurs qui vérifient DNSSEC, dont ceux de grandes messageries, écartent toutes les réponses de votre zone (SERVFAIL). Pour eux, vos enregistrements MX, SPF, DKIM et DMARC sont illisibles : dès maintenant, du courrier est retardé ou refusé, à l’envoi comme à la réception.
    .fix = Comparez chez votre bureau d’enregistrement l’empreinte annoncée (DS) avec la clé que publie votre zone (DNSKEY). Faites signer de nouveau la zone, ou remplacez le DS par celui qu’indique votre hébergeur DNS. Si ni l’un ni l’autre n’est possible tout de suite, retirez le DS : le domaine fonctionnera sans DNSSEC, une fois écoulé le délai de mise en cache (TTL) de l’ancien.

finding-dnssec-ds-without-key = La zone parente annonce une clé DNSSEC (DS { DIGITS($tag) }) que votre zone ne publie pas
    .why = Un résolveur qui vérifie DNSSEC attend des signatures faites avec cette clé. Quand aucune clé annoncée n’est publiée, il écarte toutes les réponses du domaine, et le courrier ne passe plus.
    .fix = Si la zone doit être signée, faites-la signer par votre hébergeur DNS, puis donnez son DS à votre bureau d’enregistrement à la place de celui-ci. Sinon, demandez à votre bureau d’enregistrement de retirer ce DS. Cela arrive surtout après un changement d’hébergeur DNS.

finding-dnssec-no-ds = Votre zone est signée, mais la zone parente n’annonce pas sa clé (pas de DS)
    .why = Sans cette annonce, personne ne peut vérifier les signatures : tout fonctionne comme si DNSSEC n’existait pas. Aucun message n’est perdu, mais vos enregistrements ne sont pas protégés contre la falsification.
    .fix = Donnez à votre bureau d’enregistrement le DS que votre hébergeur DNS affiche ; chez beaucoup, c’est une case à cocher. Attendez pour cela que tous vos serveurs faisant autorité publient la clé.

finding-dnssec-valid = Les réponses DNS de { $domain } sont signées et vérifiées (DNSSEC)
    .why = Un résolveur qui vérifie les signatures confirme que vos enregistrements n’ont pas été modifiés en chemin.
    .fix = Rien à changer.
