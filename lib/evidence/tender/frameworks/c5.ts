import { C5_OPERATION } from './c5-operation';
import { C5_ORGANISATION } from './c5-organisation';
import { C5_SERVICE } from './c5-service';
import { C5_TECHNOLOGY } from './c5-technology';
import { criteria, type Framework } from './framework';

/** The catalogue of the BSI for cloud services. */
export const C5: Framework = {
  name: 'BSI C5',
  version: '2026',
  total: 168,
  source:
    "BSI, C5_2026_machine_readable_en.zip, read in a public repository that redistributes its files (moag1000/Little-ISMS-Helper). Not counted: the six conditions GC-01 to GC-06, which are statements of the provider's report",
  note: "The package isn't attested. A C5 report covers an operator: the rows say what the package and AWS contribute to one. Only an auditor decides whether a criterion is met.",
  criteria: [C5_ORGANISATION, C5_OPERATION, C5_TECHNOLOGY, C5_SERVICE].flatMap(criteria),
};
