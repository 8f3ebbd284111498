### Le domaine lui-même. Arguments partout : $domain, $name.

finding-domain-absent = Le domaine { $domain } n’existe pas dans le DNS
    .why = Les serveurs de noms répondent que ce nom n’existe pas (NXDOMAIN). Un serveur destinataire ne sait alors ni à qui répondre, ni qui a le droit d’écrire en ce nom : beaucoup refusent d’emblée un message dont l’adresse d’expédition affichée (From) ou l’adresse de retour (MAIL FROM) porte un domaine inexistant.
    .fix = Vérifiez d’abord l’orthographe. Si elle est juste, demandez à votre bureau d’enregistrement si le nom a expiré ou s’il est suspendu, et s’il indique bien les serveurs de votre hébergeur DNS. S’il s’agit d’un sous-domaine, publiez-y les enregistrements demandés : il existera dès le premier.

finding-domain-free-mail = Le domaine { $domain } appartient à un fournisseur de messagerie, pas à vous
    .why = Lui seul peut publier des enregistrements à ce nom. Un message qu’un autre service envoie avec une telle adresse d’expédition affichée (From) n’obtient donc ni SPF ni DKIM à ce nom, et risque fort d’être refusé ou classé en indésirables.
    .fix = Pour l’adresse d’expédition affichée, utilisez un domaine qui vous appartient. Votre adresse chez { $domain } peut rester l’adresse de réponse (Reply-To).

finding-domain-public-suffix = { $domain } est un suffixe public : les noms s’enregistrent en dessous
    .why = Chaque nom placé sous un suffixe public a son propre titulaire. Les serveurs destinataires cherchent donc la politique DMARC à votre nom à vous ; les enregistrements du suffixe ne concernent que son gestionnaire.
    .fix = Vérifiez le domaine qui figure dans vos adresses, par exemple votreentreprise.fr plutôt que fr. Si vous gérez ce suffixe et qu’il émet lui-même du courrier, déclarez-le avec `psd=y` dans son enregistrement DMARC.
