import type { Words } from '../en/en';

export const aiAct: Words['aiAct'] = {
  title: 'Pflichten nach der KI-Verordnung (Artikel 12, 26 und 50 der Verordnung (EU) 2024/1689)',
  intro:
    'Daten in der Fassung der Verordnung (EU) 2026/1744. Die Artikel 12 und 26 betreffen Hochrisiko-KI-Systeme. Ob eine Nutzung hochriskant ist, etwa in Bildung oder Beschäftigung (Anhang III), hängt von der Nutzung durch den Verantwortlichen ab.',
  classificationField:
    'Einstufung jeder Nutzung nach Artikel 6 und Anhang III sowie die Rolle als Anbieter oder Betreiber',
  classification: 'Einstufung',
  article: 'Artikel',
  duty: 'Pflicht',
  from: 'Gilt ab',
  provided: 'Von der Bereitstellung erfüllt',
  task: 'Verbleibende Aufgabe',
  earlierSystems: (day) => `${day} für Systeme, die vor dem 2. August 2026 in Verkehr gebracht wurden`,
  duties: {
    logging: {
      duty: 'Automatische Aufzeichnung von Ereignissen (Anbieter)',
      provided:
        'Eine Aufzeichnung jeder Anfrage und der Trail jeder Verwendung eines Schlüssels, Eintrags und Objekts.',
      task: 'Prüfen, ob die Aufzeichnungen für die Zweckbestimmung des Systems ausreichen.',
    },
    use: {
      duty: 'Verwendung nach der Betriebsanleitung, menschliche Aufsicht, geeignete Eingabedaten, Überwachung (Betreiber)',
      provided: 'Obergrenzen, Alarme und Aufzeichnungen je Anfrage.',
      task: 'Die Aufsicht Personen mit der nötigen Kompetenz und Befugnis übertragen; die Nutzung überwachen.',
    },
    logs: {
      duty: 'Aufbewahrung der Protokolle unter eigener Kontrolle für mindestens sechs Monate (Betreiber)',
      provided: 'Siehe die Fristen unten.',
      task: 'Fristen unter sechs Monaten verlängern.',
    },
    workers: {
      duty: 'Information der Arbeitnehmer und ihrer Vertreter vor der Verwendung am Arbeitsplatz (Betreiber)',
      provided: 'Das Blatt für die Arbeitnehmervertretung nennt, was aufgezeichnet wird.',
      task: 'Sie informieren.',
    },
    interaction: {
      duty: 'Information, dass mit einem KI-System interagiert wird (Anbieter)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Nutzer in der Anwendung informieren.',
    },
    marking: {
      duty: 'Kennzeichnung erzeugter Inhalte in einem maschinenlesbaren Format (Anbieter)',
      provided:
        'Ein Header je Antwort und Metadaten für gespeicherte und exportierte Elemente; nicht signiert, ohne Wasserzeichen.',
      task: 'Die Kennzeichnung weitergeben; entscheiden, ob eine weitere Kennzeichnung nötig ist.',
    },
    disclosure: {
      duty: 'Offenlegung, dass Inhalte künstlich erzeugt wurden (Betreiber)',
      provided: 'Nichts: Das Gateway hat keine Benutzeroberfläche.',
      task: 'Deepfakes kennzeichnen, ebenso veröffentlichte Texte zu Angelegenheiten von öffentlichem Interesse, sofern sie nicht menschlich überprüft wurden.',
    },
  },
  periods: 'Speicherdauer der Protokolle',
  log: 'Protokoll',
  sixMonths: 'Mindestens sechs Monate',
};
