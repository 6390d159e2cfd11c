import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Enums, Models, Serialize, SPDX, Spec } from '@cyclonedx/cyclonedx-library';
import type { Bundle } from './bundled';
import { dependenciesOf, type Installed, inOrder, keyOf, ROOT, runtimePackages } from './installed';

const { version, license, description } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
const NAME = 'cdk-eu-residency';

const SERIALIZER = new Serialize.JsonSerializer(new Serialize.JSON.Normalize.Factory(Spec.Spec1dot6));

/** A CycloneDX bill of materials of one bundle, as JSON: each package whose code is in it. */
export function billOfBundle(bundle: Bundle): string {
  const subject = componentOfBundle(bundle);
  return write(subject, addPackages(subject, bundle.packages));
}

/** A CycloneDX bill of materials of the package, as JSON: its dependencies, and each bundle with what is in it. */
export function billOfPackage(bundles: readonly Bundle[]): string {
  const runtime = runtimePackages();
  const subject = new Models.Component(Enums.ComponentType.Library, NAME, {
    ...identity({ name: NAME, version, license }),
    description,
  });
  const packages = inOrder([...runtime, ...bundles.flatMap((bundle) => bundle.packages)]);
  const components = new Map(packages.map((each) => [keyOf(each), componentOf(each)]));
  link(packages, components);
  for (const each of dependenciesOf('')) subject.dependencies.add(refOf(components, each));
  const files = bundles.map((bundle) => {
    const file = componentOfBundle(bundle);
    for (const each of bundle.packages) file.dependencies.add(refOf(components, each));
    subject.dependencies.add(file.bomRef);
    return file;
  });
  return write(subject, [...components.values(), ...files]);
}

/** The components of packages that a bundle contains, as its dependencies. */
function addPackages(subject: Models.Component, packages: readonly Installed[]): Models.Component[] {
  const components = new Map(packages.map((each) => [keyOf(each), componentOf(each)]));
  link(packages, components);
  for (const component of components.values()) subject.dependencies.add(component.bomRef);
  return [...components.values()];
}

/** Notes which of the packages depend on which. Dependencies that aren't among them have been left out of the bundle. */
function link(packages: readonly Installed[], components: ReadonlyMap<string, Models.Component>): void {
  for (const each of packages) {
    for (const other of dependenciesOf(each.place)) {
      const component = components.get(keyOf(other));
      if (component) components.get(keyOf(each))?.dependencies.add(component.bomRef);
    }
  }
}

function refOf(components: ReadonlyMap<string, Models.Component>, each: Installed): Models.BomRef {
  const component = components.get(keyOf(each));
  if (component === undefined) throw new Error(`${keyOf(each)} is in no bill of materials; a bug of this script`);
  return component.bomRef;
}

const componentOf = (each: Installed) =>
  new Models.Component(Enums.ComponentType.Library, each.name, {
    ...identity(each),
    scope: Enums.ComponentScope.Required,
    hashes: new Models.HashDictionary([[Enums.HashAlgorithm['SHA-512'], each.sha512]]),
  });

const componentOfBundle = ({ name, file }: Bundle) =>
  new Models.Component(Enums.ComponentType.Application, `${NAME}/${name}`, {
    bomRef: file,
    version,
    description: file,
    licenses: licenses(license),
    hashes: new Models.HashDictionary([
      [Enums.HashAlgorithm['SHA-256'], sha256(readFileSync(path.join(ROOT, file))).toString('hex')],
    ]),
  });

function identity(each: { readonly name: string; readonly version: string; readonly license: string }) {
  const purl = `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`;
  return { bomRef: purl, purl, version: each.version, licenses: licenses(each.license) };
}

function licenses(expression: string): Models.LicenseRepository {
  if (!SPDX.isSupportedSpdxId(expression)) {
    throw new Error(`the licence '${expression}' isn't one SPDX identifier; read it, then support it in ${__filename}`);
  }
  return new Models.LicenseRepository([new Models.SpdxLicense(expression)]);
}

/** The serial number follows from the content, so that the same build has the same one; a time would differ. */
function write(component: Models.Component, components: readonly Models.Component[]): string {
  const bom = new Models.Bom({
    metadata: new Models.Metadata({ component }),
    components: new Models.ComponentRepository(components),
  });
  const render = () => `${SERIALIZER.serialize(bom, { sortLists: true, space: 2 })}\n`;
  bom.serialNumber = uuidOf(sha256(render()));
  return render();
}

const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest();

/** A UUID of version 8 (RFC 9562), which an application may derive as it likes. */
function uuidOf(digest: Buffer): string {
  const bytes = Buffer.from(digest.subarray(0, 16));
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x80, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  const parts = /^(.{8})(.{4})(.{4})(.{4})(.{12})$/.exec(bytes.toString('hex'))?.slice(1) ?? [];
  return `urn:uuid:${parts.join('-')}`;
}
