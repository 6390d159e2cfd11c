import type { Words } from '../en/en';

export const rights: Words['rights'] = {
  title: 'Verfahren zu den Rechten der betroffenen Personen (Artikel 15 bis 20 DSGVO)',
  intro:
    'Wie die Bereitstellung den Verantwortlichen bei Anträgen von Mitgliedern unterstützt. Der Verantwortliche antwortet innerhalb eines Monats (Artikel 12 Absatz 3); die Frist kann erforderlichenfalls um zwei Monate verlängert werden.',
  right: 'Recht',
  how: 'Was die Bereitstellung ermöglicht',
  limits: 'Was nicht erfasst ist',
  rights: {
    access: {
      name: 'Auskunftsrecht',
      how: 'Ein Administrator startet einen Export (POST /admin/v1/rights/exports). Das Mitglied ruft ihn 7 Tage lang mit seinem eigenen Token ab. Prüfer finden die Aufzeichnungen zu dem Mitglied.',
      limits:
        'Der Export enthält weder das Nutzerverzeichnis noch Sperren und vergebene Rollen, Aufzeichnungen, Trail, Aufbewahrungsanordnungen oder Aufträge zu dem Mitglied.',
    },
    rectification: {
      name: 'Recht auf Berichtigung',
      how: 'Mitglieder ergänzen ihre Inhalte selbst oder löschen und ersetzen sie. Namen im Nutzerverzeichnis werden dort geändert.',
      limits: 'Aufzeichnungen und Trail können nicht geändert werden.',
    },
    erasure: {
      name: 'Recht auf Löschung („Recht auf Vergessenwerden“)',
      how: 'Ein Mitglied löscht seine eigenen Inhalte sofort (POST /admin/v1/rights/own/erasures); für andere beantragt es ein Administrator. Inhalte und Schlüssel des Mitglieds werden gelöscht, ein Test zeigt den Wegfall des Schlüssels, und eine Bescheinigung wird gespeichert.',
      limits:
        'Eine Aufbewahrungsanordnung verhindert sie. Nutzerverzeichnis, Einträge über Sperren und vergebene Rollen, Aufzeichnungen, Protokolle, Trail, Bescheinigungen und die Listen der Aufträge und Anordnungen werden nicht erreicht.',
    },
    restriction: {
      name: 'Recht auf Einschränkung der Verarbeitung',
      how: 'Eine Aufbewahrungsanordnung (POST /admin/v1/rights/holds) bewahrt Inhalte vor Verfall und Löschung. Ein Administrator kann das Mitglied sperren, sodass keine Anfrage mehr verarbeitet wird.',
      limits:
        'Gespeicherte Inhalte werden nicht als eingeschränkt markiert; das Mitglied kann sie lesen, solange es nicht gesperrt ist.',
    },
    notification: {
      name: 'Mitteilung an Empfänger',
      how: 'Die Liste der Aufträge nennt das Mitglied, dem ein Export übergeben wurde.',
      limits: 'Die Mitteilung obliegt dem Verantwortlichen.',
    },
    portability: {
      name: 'Recht auf Datenübertragbarkeit',
      how: 'Der Export ist ein tar-Archiv aus JSON-Lines-Dateien mit Verzeichnis und Prüfsummen.',
      limits: 'Er wird nicht an einen anderen Verantwortlichen übermittelt.',
    },
  },
  remains: 'Für einige Zeit bestehen fort',
  remainsOf:
    'Solange der Schlüssel eines Mitglieds wiederherstellbar ist, ist es auch, was unter ihm verschlüsselt ist. Tokensummen sind nicht unter dem Schlüssel des Mitglieds verschlüsselt.',
  nonMembers: 'Personen, die keine Mitglieder sind',
  nonMembersOf:
    'Administratoren können Inhalte nicht durchsuchen, weil die Inhalte jedes Mitglieds unter dessen eigenem Schlüssel verschlüsselt sind. Anträge anderer Personen werden an die Mitglieder weitergeleitet, die deren Daten eingegeben haben können.',
  projects: 'Projekte',
  projectsOf:
    'Inhalte eines Projekts werden nicht gespeichert. Aufzeichnungen und Tokenzahlen der Projekte enthalten keine Kennung einer Person.',
  contact: 'Kontakt und Zuständigkeiten',
  contactField: 'wo Anträge eingehen, wer die Identität der Person prüft und wer antwortet',
};
