import type { Words } from '../en/en';

export const processing: Words['processing'] = {
  recordTitle: 'Registre des activités de traitement (article 30 du RGPD)',
  recordIntro:
    'Une fiche pour chaque espace de travail et chaque projet, comme l’exige du responsable du traitement l’article 30, paragraphe 1, du RGPD. Ce n’est pas le registre du sous-traitant visé à l’article 30, paragraphe 2 : qui exploite ce système pour autrui tient le sien. Les lieux et durées sont ceux des modèles générés ; le rapport ne montre pas s’ils sont déployés.',
  joint: 'Responsable conjoint du traitement et représentant',
  jointField: 'le cas échéant, le responsable conjoint du traitement et le représentant du responsable du traitement',
  purposes: 'Finalités du traitement',
  purposesField: 'les finalités, et la base juridique au titre de l’article 6, paragraphe 1, du RGPD',
  workspacePurpose:
    'L’espace de travail permet à ses membres d’utiliser des modèles de langage et conserve leurs conversations, fichiers et instructions enregistrées.',
  projectPurpose:
    'Le projet permet à une application d’adresser des requêtes à des modèles de langage. Le contenu des requêtes et des réponses n’est pas conservé.',
  subjects: 'Catégories de personnes concernées',
  workspaceSubjects:
    'membres, administrateurs et auditeurs de l’espace de travail ; personnes que mentionnent les contenus des membres',
  projectSubjects: 'personnes que mentionnent les requêtes de l’application',
  subjectsField: 'autres catégories de personnes concernées, par exemple élèves, patients ou usagers',
  data: 'Catégories de données à caractère personnel',
  workspaceData:
    'contenus (conversations, fichiers, instructions enregistrées), chiffrés sous la clé propre à chaque membre ; identifiants des membres (pseudonymes), dates, tailles et nombres de jetons ; relevés des requêtes',
  projectData:
    'contenus, pendant le traitement d’une requête et, si le fournisseur les met en cache, quelques minutes après ; nombres de jetons et relevés des requêtes, sans identifiant de personne',
  specialField:
    'si des catégories particulières de données (article 9) ou des données relatives aux condamnations pénales (article 10) peuvent être saisies',
  recipients: 'Catégories de destinataires',
  workspaceRecipients:
    'le membre concerné ; un membre auquel un export est remis ; les auditeurs (relevés sans contenu) ; les sous-traitants (voir l’annexe relative à l’article 28)',
  projectRecipients: 'l’application qui appelle l’API ; les sous-traitants (voir l’annexe relative à l’article 28)',
  called: 'Modèles pouvant être appelés',
  log: 'Journal des requêtes et réponses (journalisation des appels de modèles)',
  logField:
    'si bedrock.invocationLogging de residency.yaml déclare un journal des requêtes et réponses (rapport établi sans ce fichier)',
  noLog: 'Aucun n’est déclaré.',
  logsTo: 'Amazon Bedrock peut écrire chaque requête et chaque réponse du compte, dans la région principale, vers',
  logOf:
    'L’exploitant de ce stockage en fixe la clé, les accès et la durée de conservation. Un effacement ou une suppression ne l’atteint pas.',
  transfers: 'Transferts vers des pays tiers',
  noTransfer: (regions) =>
    `Aucun du fait des ressources déployées : ${regions === 1 ? 'la région qui conserve ou peut traiter des données' : `chacune des ${regions} régions qui conservent ou peuvent traiter des données`} est située dans l’EEE.`,
  transfersAt: 'L’évaluation des transferts indique ce qui subsiste.',
  transfer: 'Des données peuvent atteindre les régions suivantes, dans des pays tiers :',
  outsideBoundary: 'Dans l’EEE mais hors du périmètre, des données peuvent atteindre :',
  transferPlaces: 'Chez des fournisseurs hors d’AWS, des données peuvent atteindre les pays tiers suivants :',
  unknownPlaces: (rows) => `inconnu : le rapport n’indique pas tous les lieux (lignes sans lieu connu : ${rows})`,
  erasure: 'Délais prévus pour l’effacement',
  erasureOf: 'Contenus',
  otherErasure: 'Autres données : voir les espaces de stockage ci-dessous.',
  projectErasure: 'Aucun contenu n’est conservé. Autres données : voir les espaces de stockage ci-dessous.',
  measures: 'Mesures techniques et organisationnelles (article 32)',
  measuresAt: 'voir l’annexe relative à l’article 28, section « Mesures »',
  organisationalField: 'mesures organisationnelles, telles que formations, instructions et règles d’accès',
  stores: 'Espaces de stockage',
  sharedStores: 'Espaces de stockage communs',
  noticeTitle: 'Information des membres (article 13 du RGPD)',
  noticeIntro:
    'À l’attention des membres de chaque espace de travail, au moment où leurs données à caractère personnel sont collectées.',
  who: 'Qui est responsable',
  why: 'Pourquoi vos données sont traitées',
  what: 'Ce qui est traité',
  whatOf:
    'Vos conversations, fichiers et instructions enregistrées sont conservés chiffrés, sous une clé qui vous est propre. Votre identifiant de membre, les dates, les tailles et le nombre de jetons que vous utilisez par jour, et par mois et par modèle, sont conservés en clair. Le journal d’audit du compte consigne votre identifiant de membre à chaque utilisation de votre clé et de vos contenus. Il consigne aussi chaque connexion, avec la date, votre adresse IP et votre navigateur. Lorsque le pare-feu applicatif bloque une requête, votre adresse IP est consignée. Chaque requête laisse un relevé de la date, du modèle et des régions, sans contenu ni identifiant. Un lien avec vous est conservé à part ; il est supprimé au terme de sa durée ou lors de votre effacement. Le journal d’audit subsiste ; rapproché des dates des requêtes, il peut indiquer qui les a faites.',
  whoReads: 'Qui peut y accéder',
  whoReadsOf:
    'Les autres membres, les administrateurs et les auditeurs ne peuvent pas lire vos contenus. Les exploitants autorisés à modifier les clés, les rôles ou le code peuvent y accéder, de même que le fournisseur de l’infrastructure. Les administrateurs gèrent les membres et vos droits. Après votre départ, vos contenus peuvent être remis à un membre désigné. Trois personnes y participent, mais un exploitant et un seul administrateur y suffisent. Vous ne pouvez annuler cette remise que tant qu’un de vos jetons de connexion reste valide. Les auditeurs consultent les relevés des requêtes, sans voir qui les a faites. Votre seule utilisation n’est montrée à personne, sauf si l’organisation déclare que les auditeurs la voient. Chaque réponse que vous recevez l’indique alors (en-tête x-residency-monitoring), avec la date de fin.',
  receivers: 'Qui reçoit vos données',
  receiversOf:
    'Les sous-traitants ci-après les traitent pour le responsable du traitement. L’annexe relative à l’article 28 indique leurs rôles.',
  where: 'Où',
  howLong: 'Combien de temps',
  howLongOf: 'Vous pouvez supprimer vos contenus à tout moment, sauf mesure conservatoire.',
  otherPeriods: 'Durée de conservation des autres données vous concernant',
  interestsField: 'si la base juridique est l’article 6, paragraphe 1, point f) : les intérêts légitimes poursuivis',
  source: 'D’où proviennent vos données',
  sourceField:
    'pour les données que vous n’avez pas fournies vous-même : la source, par exemple un administrateur ou le fournisseur d’identité (article 14, paragraphe 2, point f))',
  rights: 'Vos droits',
  rightsOf:
    'Vous disposez d’un droit d’accès (article 15), de rectification (16), d’effacement (17), de limitation du traitement (18), de portabilité des données (20) et d’opposition (21). Vous pouvez demander un export à un administrateur et effacer vous-même vos contenus.',
  withdrawField: 'si la base juridique est le consentement : comment le retirer',
  complaint: 'Réclamation',
  complaintField: 'l’autorité de contrôle compétente et ses coordonnées',
  obligation: 'Obligation de fournir des données',
  obligationField:
    'si la fourniture de données a un caractère réglementaire ou contractuel, et les conséquences de leur non-fourniture',
  automated: 'Décisions automatisées',
  automatedField: 'si les réponses servent à des décisions automatisées, y compris un profilage (article 22)',
  generated:
    'Les réponses sont générées par un système d’IA et peuvent être erronées. Chaque réponse porte une marque lisible par machine (article 50, paragraphe 2, du règlement (UE) 2024/1689).',
};
