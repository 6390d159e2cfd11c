import type { Words } from '../en/en';

export const rights: Words['rights'] = {
  title: 'Procédures relatives aux droits des personnes concernées (articles 15 à 20 du RGPD)',
  intro:
    'Comment le déploiement aide le responsable du traitement à répondre aux demandes des membres. Le responsable du traitement répond dans un délai d’un mois (article 12, paragraphe 3), qui peut au besoin être prolongé de deux mois.',
  right: 'Droit',
  how: 'Ce que le déploiement permet',
  limits: 'Ce que cela ne couvre pas',
  rights: {
    access: {
      name: 'Droit d’accès',
      how: 'Un administrateur lance un export (POST /admin/v1/rights/exports). Le membre le récupère avec son propre jeton d’accès pendant 7 jours. Les auditeurs trouvent les relevés relatifs au membre.',
      limits:
        'L’export ne contient ni l’annuaire, ni les blocages et rôles attribués, ni les relevés, ni le journal d’audit, ni les mesures conservatoires et tâches relatives au membre.',
    },
    rectification: {
      name: 'Droit de rectification',
      how: 'Les membres complètent, ou suppriment et remplacent, leurs propres contenus. Les noms de l’annuaire y sont modifiés directement.',
      limits: 'Les relevés et le journal d’audit ne peuvent pas être modifiés.',
    },
    erasure: {
      name: 'Droit à l’effacement (« droit à l’oubli »)',
      how: 'Un membre efface immédiatement ses propres contenus (POST /admin/v1/rights/own/erasures) ; un administrateur le demande pour autrui. Les contenus et la clé du membre sont supprimés, un test montre que la clé n’existe plus et un certificat est conservé.',
      limits:
        'Une mesure conservatoire l’empêche. L’annuaire, les entrées relatives aux blocages et aux rôles attribués, les relevés, les journaux, le journal d’audit, les certificats et les listes de tâches et de mesures conservatoires ne sont pas atteints.',
    },
    restriction: {
      name: 'Droit à la limitation du traitement',
      how: 'Une mesure conservatoire (POST /admin/v1/rights/holds) préserve les contenus de l’expiration et de la suppression. Un administrateur peut désactiver le membre, de sorte qu’aucune requête n’est plus traitée.',
      limits: 'Les contenus ne sont pas marqués comme limités, et le membre peut les lire tant qu’il est actif.',
    },
    notification: {
      name: 'Notification aux destinataires',
      how: 'La liste des tâches indique le membre auquel un export a été remis.',
      limits: 'La notification incombe au responsable du traitement.',
    },
    portability: {
      name: 'Droit à la portabilité des données',
      how: 'L’export est une archive tar de fichiers JSON Lines, avec un manifeste et des empreintes.',
      limits: 'Il n’est pas transmis à un autre responsable du traitement.',
    },
  },
  remains: 'Subsistent un certain temps',
  remainsOf:
    'Tant que la clé d’un membre peut être restaurée, ce qui est chiffré sous elle peut l’être aussi. Les totaux de jetons ne sont pas chiffrés sous la clé du membre.',
  nonMembers: 'Personnes qui ne sont pas membres',
  nonMembersOf:
    'Les administrateurs ne peuvent pas rechercher dans les contenus, car ceux de chaque membre sont chiffrés sous sa propre clé. Les demandes d’autres personnes sont transmises aux membres susceptibles d’avoir saisi leurs données.',
  projects: 'Projets',
  projectsOf:
    'Aucun contenu d’un projet n’est conservé. Les relevés et les nombres de jetons des projets ne comportent aucun identifiant de personne.',
  contact: 'Contact et responsabilités',
  contactField: 'où les demandes sont reçues, qui vérifie l’identité de la personne et qui répond',
};
