### La réception du courrier (MX). Arguments partout : $domain, $name.

finding-mx-null = { $domain } déclare ne recevoir aucun courrier (null MX)
    .why = L’enregistrement `MX 0 .` (RFC 7505) dit que personne ne peut répondre à une adresse de ce domaine. C’est ce qui convient à un domaine sans courrier ; s’il en envoie, certains serveurs destinataires, dont ceux de Yahoo, refusent ses messages.
    .fix = Si ce domaine n’envoie rien, rien à changer. S’il envoie des messages, remplacez cet enregistrement par les MX de votre messagerie.

finding-mx-null-beside-others = { $domain } déclare ne rien recevoir (null MX) et nomme pourtant { $count ->
        [one] un serveur de réception (MX)
       *[other] { $count } serveurs de réception (MX)
    }
    .why = Les deux se contredisent : un domaine qui publie `MX 0 .` ne doit publier aucun autre MX (RFC 7505, section 3). Chaque serveur émetteur choisit à sa façon, et une partie du courrier qui vous est destiné peut être refusée.
    .fix = Si vous recevez du courrier à { $domain }, supprimez `MX 0 .`. Sinon, supprimez tous les autres MX.

finding-mx-implicit = { $domain } n’a pas d’enregistrement MX : le courrier part vers l’adresse du domaine lui-même
    .why = À défaut de MX, un serveur émetteur essaie l’adresse A ou AAAA de { $domain } (RFC 5321, section 5.1). C’est souvent celle d’un site web qui ne reçoit pas de courrier : réponses et messages de non-remise n’arrivent alors pas.
    .fix = Publiez les MX de votre messagerie. Si le domaine ne doit rien recevoir ni rien envoyer, publiez `MX 0 .`.

finding-mx-none = Personne ne peut écrire à { $domain } : ni serveur de réception (MX), ni adresse
    .why = Les réponses de vos clients et les messages de non-remise ne peuvent pas arriver. Des serveurs destinataires refusent en outre un message dont l’adresse d’expédition affichée ou l’adresse de retour ne peut pas recevoir de réponse.
    .fix = Publiez les MX de votre messagerie. Si le domaine ne doit rien recevoir ni rien envoyer, publiez `MX 0 .`.

finding-mx-without-address = Le serveur de réception { $exchange } n’a pas d’adresse
    .why = Ce nom, donné par un MX de { $domain }, n’a ni enregistrement A ni enregistrement AAAA. Rien ne peut lui être remis ; si c’est votre seul MX, vous ne recevez aucun courrier, ni réponse ni message de non-remise.
    .fix = Vérifiez le nom { $exchange } auprès de votre messagerie. Si votre domaine s’est ajouté à la fin, saisissez-le avec son point final. Si le nom est juste, publiez-y son adresse ; s’il ne sert plus, supprimez ce MX.

finding-mx-alias = Le serveur de réception { $exchange } est un alias (CNAME) de { $target }
    .why = Le nom donné par un MX ne doit pas être un alias (RFC 2181, section 10.3). Beaucoup de serveurs le suivent quand même, d’autres refusent : une partie du courrier peut ne pas arriver.
    .fix = Inscrivez dans le MX le nom { $target }, ou donnez à { $exchange } ses propres enregistrements A et AAAA à la place du CNAME.

finding-mx-is-address = Un MX de { $domain } donne l’adresse IP { $exchange } au lieu d’un nom
    .why = Un MX doit donner un nom de serveur (RFC 1035, section 3.3.9). Une adresse est lue comme un nom qui n’existe pas : rien ne peut être remis par ce MX.
    .fix = Créez un nom pour cette adresse, par exemple mail.{ $domain } de type A, et inscrivez ce nom dans le MX.

finding-mx-private-address = Le serveur de réception { $exchange } n’a pas d’adresse publique ({ $address })
    .why = Une adresse privée ou réservée ne peut pas être jointe depuis Internet. Réponses et messages de non-remise n’arrivent pas par ce MX.
    .fix = Publiez l’adresse publique du serveur dans le DNS vu d’Internet, et gardez l’autre pour votre DNS interne.

finding-mx-valid = { $domain } peut recevoir du courrier : { $count ->
        [one] un serveur de réception (MX)
       *[other] { $count } serveurs de réception (MX)
    }
    .why = Les réponses et les messages de non-remise peuvent vous parvenir.
    .fix = Rien à changer.
