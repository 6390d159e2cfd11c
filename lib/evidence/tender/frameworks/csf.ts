import { criteria, type Framework } from './framework';

/**
 * The levels are those that the Commission's calculator gives to the choice that fits: `1` in the `aws` partition, `1/4` if it is 4 in
 * `aws-eusc`. A criterion without a level depends on the bidder, or on a statement that AWS has to make.
 */
export const CSF: Framework = {
  name: 'EU Cloud Sovereignty Framework',
  version: '1.2.1',
  total: 48,
  source:
    'European Commission, DG DIGIT, Cloud Sovereignty Framework 1.2.1 (October 2025), and the 48 criteria of its Sovereignty Calculator, read in a public repository that transcribes it (SUSE/csf-self-assessment)',
  note: 'A level is the lowest of an objective. Criteria without a level are for the bidder or AWS to state, or are refuted by the offered assembly, and can only lower it; so can SOV-4.1, because content can move and templates run on AWS only. So each level says "at most". For SOV-1.2, 1.4 to 1.7, 2.5, 5.3, 7.2 and 8.4, the calculator gives SEAL-4 whatever the answer.',
  criteria: criteria(`
SOV-1.1 | provider.us-law | Legal entities that decide are in the EU | 1
SOV-1.2 | organisation.contract + provider.us-law | Risk of a takeover from outside the EU | 4
SOV-1.3 | provider.roadmap + change.open-source | Who shapes the roadmap | 2
SOV-1.4 | organisation.references | Funding from the EU | 4
SOV-1.5 | organisation.references | Jobs and investment in the EU | 4
SOV-1.6 | organisation.references | Part in strategic programmes of the EU | 4
SOV-1.7 | organisation.references | Fit with industrial strategies of the EU | 4
SOV-1.8 | provider.cut-off + content.export + models.choice + models.switched-off | Operation goes on if a vendor withdraws | 0
SOV-2.1 | organisation.contract | The law of the contract
SOV-2.2 | provider.us-law | Exposure to laws of other countries | 1
SOV-2.3 | provider.requests + keys.member | Ways by which other authorities could get data | 1
SOV-2.4 | provider.cut-off + models.choice + models.switched-off | Export controls
SOV-2.5 | models.origin + change.open-source | Where intellectual property originates | 4
SOV-2.6 | provider.us-law + change.open-source | Under which law it is owned | 3
SOV-3.1 | keys.customer + keys.own + keys.plaintext | Customers control the keys | 3
SOV-3.2 | evidence.trail + evidence.records | Who accessed what, and which model answered | 3
SOV-3.3 | content.erasure + content.closure | Deletion is proven | 3
SOV-3.4 | place.metadata + place.storage + place.processing + place.no-fallback | Data stays in the EU | 1/4
SOV-3.5 | models.origin + models.choice | Models under control of the EU | 2
SOV-4.1 | provider.on-premises + content.export + network.api + models.choice | Data and workloads can move
SOV-4.2 | provider.staff + operations.support | EU operators run it without others
SOV-4.3 | organisation.staff + operations.guide | Skills are available in the EU
SOV-4.4 | operations.support + provider.staff | Support comes from the EU
SOV-4.5 | operations.guide + change.open-source | Documentation and knowledge
SOV-4.6 | provider.cut-off + organisation.suppliers + models.choice | Subcontractors and their law | 0
SOV-5.1 | provider.components | Origin of hardware parts
SOV-5.2 | provider.components | Where hardware is made
SOV-5.3 | provider.components | Origin of firmware | 4
SOV-5.4 | change.open-source + change.bill-of-materials | Who writes the software | 2
SOV-5.5 | provider.roadmap + change.reproducible | Who builds and distributes the software | 1
SOV-5.6 | provider.us-law + models.choice + models.switched-off | Dependency on single vendors outside the EU | 1
SOV-5.7 | provider.components + change.bill-of-materials | Suppliers of suppliers are visible
SOV-6.1 | network.api + content.export | Open interfaces | 3
SOV-6.2 | access.sign-in + change.bill-of-materials + network.api | Open standards | 3
SOV-6.3 | change.open-source | Open source | 2
SOV-6.4 | network.topology + evidence.promises + place.inventory | The architecture is documented | 3
SOV-6.5 | models.origin | Computers for large models | 3
SOV-7.1 | organisation.certificates | Certificates of the service | 1
SOV-7.2 | content.privacy-duties + evidence.promises | EU laws are followed | 4
SOV-7.3 | evidence.collection + operations.alarms | Security operations in the EU
SOV-7.4 | evidence.trail + operations.alarms | Customers control logs and monitoring | 3
SOV-7.5 | organisation.incidents + change.vulnerabilities | Incidents and vulnerabilities are disclosed
SOV-7.6 | operations.patches + change.open-source | Patches without vendors outside the EU | 1
SOV-7.7 | organisation.audit + change.open-source | Independent audits with full access | 1
SOV-8.1 | provider.energy | Energy efficiency
SOV-8.2 | provider.energy | Reuse of hardware
SOV-8.3 | provider.energy | Figures on the environment are published
SOV-8.4 | provider.energy | Sources of energy | 4
`),
};
