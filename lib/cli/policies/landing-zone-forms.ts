import { stringify } from 'yaml';
import { attachedName, fileOf } from '../../perimeter/organization/attachable';
import type { DocumentKind, PerimeterDocument } from '../../perimeter/organization/document';

/** The folder in the repository of a landing zone into which the files are copied. */
export const COPIED_TO = 'eu-residency';

/** The part of the Landing Zone Accelerator's `organization-config.yaml` that attaches SCPs and RCPs. */
export function acceleratorForm(documents: readonly PerimeterDocument[], unit: string): string {
  const entries = (kind: DocumentKind, extra: Readonly<Record<string, string>>) =>
    documents
      .filter((document) => document.kind === kind)
      .map((document) => ({
        name: attachedName(document),
        description: document.description,
        policy: pathOf(document),
        ...extra,
        strategy: 'deny-list',
        deploymentTargets: { organizationalUnits: [unit] },
      }));
  return asYaml("Merge these lists into the accelerator's own organization-config.yaml.", {
    serviceControlPolicies: entries('scp', { type: 'customerManaged' }),
    resourceControlPolicies: entries('rcp', {}),
  });
}

/** The resources of a manifest of Customizations for AWS Control Tower. */
export function controlTowerForm(documents: readonly PerimeterDocument[], unit: string): string {
  const resources = documents
    .filter(({ kind }) => kind === 'scp' || kind === 'rcp')
    .map((document) => ({
      name: attachedName(document),
      description: document.description,
      resource_file: pathOf(document),
      deploy_method: document.kind,
      deployment_targets: { organizational_units: [unit] },
    }));
  return asYaml(
    "Add these resources to the manifest.yaml of Customizations for AWS Control Tower, below its 'region' and 'version'.",
    {
      resources,
    },
  );
}

const pathOf = (document: PerimeterDocument): string => `${COPIED_TO}/${fileOf(document)}`;

const asYaml = (comment: string, value: unknown): string => `# ${comment}\n${stringify(value, { lineWidth: 0 })}`;
