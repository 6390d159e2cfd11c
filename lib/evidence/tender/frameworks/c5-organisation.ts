/** C5:2026: organisation, policies, staff, assets, sites. */
export const C5_ORGANISATION = `
OIS-01 | organisation.management | A management system for information security
OIS-02 | organisation.management | A security policy that top management adopts
OIS-03 | organisation.contract + operations.guide + evidence.promises | Who is responsible for what, between provider, customer and third parties
OIS-04 | organisation.management + access.four-eyes + access.roles + access.least-privilege | Conflicting tasks are in different hands
OIS-05 | organisation.management + change.vulnerabilities | Threats are followed and evaluated
OIS-06 | organisation.management | Contact with authorities and interest groups
OIS-07 | organisation.management | How risks are managed
OIS-08 | organisation.management | Risks are assessed at least every year
OIS-09 | organisation.management | Risks are treated by priority
OIS-10 | organisation.management | Security is part of each project
SP-01 | organisation.management + operations.guide | Policies are written, communicated and available
SP-02 | organisation.management | Policies are reviewed and approved
SP-03 | organisation.management + change.exceptions | Exceptions are listed, approved and limited in time
HR-01 | organisation.staff + provider.staff | Staff with access is checked before
HR-02 | organisation.staff | Terms of employment include security
HR-03 | organisation.staff | Awareness and training in security
HR-04 | organisation.staff | Consequences of violations
HR-05 | organisation.staff + access.revocation | Duties when employment ends or changes
HR-06 | organisation.staff | Agreements on confidentiality
HR-07 | organisation.staff | Rules for work from elsewhere
HR-08 | organisation.staff | Means for work from elsewhere
AM-01 | organisation.assets | How assets are managed
AM-02 | organisation.assets + place.inventory | The list of hardware and software is current
AM-03 | provider.hardware | What the list says about hardware
AM-04 | organisation.assets + change.bill-of-materials | What the list says about software
AM-05 | organisation.assets | Rules for the use of assets
AM-06 | provider.hardware | Hardware is approved before its use
AM-07 | provider.hardware | Hardware is wiped and retired
AM-08 | organisation.staff | Staff handles and returns assets properly
AM-09 | organisation.assets + place.inventory | Assets are classified by their need for protection
AM-10 | provider.hardware | Hardware that waits is protected
AM-11 | provider.hardware | Hardware is moved under control
AM-12 | organisation.assets | Devices of staff and removable media
PS-01 | provider.sites | Security areas of sites
PS-02 | place.zones + operations.recovery | The service runs at two sites or more
PS-03 | provider.sites | Outer protection of buildings
PS-04 | provider.sites | Who enters a site
PS-05 | provider.sites | Fire, water and other dangers
PS-06 | provider.sites | Power and cooling go on
PS-07 | provider.sites | Supply and climate are measured
PS-08 | organisation.staff | Offices and workplaces
`;
