/** C5:2026: cryptography, networks, portability, development. */
export const C5_TECHNOLOGY = `
CRY-01 | keys.policy + keys.customer | Rules for cryptography
CRY-02 | keys.policy + change.tests | Changes of cryptography are evaluated
CRY-03 | keys.policy + organisation.audit | Cryptography is reviewed every year
CRY-04 | keys.transit | Transmission is encrypted
CRY-05 | keys.member + keys.customer | Stored content is encrypted
CRY-06 | keys.module | Keys are generated securely
CRY-07 | keys.rotation | Keys rotate
CRY-08 | provider.certificates + network.host-name + keys.transit | Certificates are issued and obtained securely
CRY-09 | keys.member + access.least-privilege | Keys are provided to those who are entitled
CRY-10 | keys.customer + keys.module | Keys are stored separately and securely
CRY-11 | keys.module | Keys are archived securely
CRY-12 | keys.policy + keys.rotation + evidence.trail | Changes of a key's state are under control
CRY-13 | organisation.incidents + keys.rotation | What happens to compromised keys
CRY-14 | keys.rotation + content.erasure | Keys are deactivated securely
CRY-15 | access.api-keys | Shared secrets
CRY-16 | keys.module + operations.recovery | Keys stay available
CRY-17 | evidence.trail + keys.rotation | The life of each key is recorded
CRY-18 | keys.policy + keys.own | Key management outside the service
CRY-19 | keys.own + keys.customer | Keys that customers manage
COS-01 | evidence.collection + network.firewall | Attacks on the network are detected and answered
COS-02 | network.isolated + network.egress | Which connections are allowed
COS-03 | evidence.collection + network.isolated + network.flow-logs | Zones are separated and connections monitored
COS-04 | network.isolated + network.egress + network.firewall | Gateways between networks
COS-05 | access.account + network.isolated | Networks for administration are separate
COS-06 | provider.separation + access.tenants | Traffic of customers is separated
COS-07 | organisation.assets + network.topology | The network is documented
COS-08 | organisation.management + keys.transit + network.isolated | Rules for transmission
PI-01 | network.api + access.api-keys | Interfaces are documented and protected
PI-02 | organisation.contract + content.export | The contract says how data is returned
PI-03 | content.closure + content.erasure | Data is deleted at the end of the contract
DEV-01 | organisation.development + change.tests | Rules for secure development
DEV-02 | organisation.development | Development by others
DEV-03 | organisation.development + change.upgrade | Rules for changes
DEV-04 | organisation.staff | Developers are trained
DEV-05 | change.tests + network.topology + evidence.promises | Security features are designed and documented
DEV-06 | organisation.development + change.guard | The risk of a change is assessed
DEV-07 | change.tests | Changes are tested
DEV-08 | organisation.development + change.reproducible + evidence.trail | Changes are logged, by roles
DEV-09 | change.reproducible + change.open-source | Source is under version control
DEV-10 | organisation.development + change.guard | Changes are approved before production
DEV-11 | organisation.development | Environments of development are protected
DEV-12 | organisation.development + access.tenants | Environments are separate
DEV-13 | change.bill-of-materials | Components of software are listed
DEV-14 | change.bill-of-materials + change.reproducible | Software of others is used securely
DEV-15 | organisation.development + change.exceptions | Exceptions and emergencies
`;
