/** Certificates for the tests of TLS, made on the spot: an authority and what it issues. */

import { webcrypto } from 'node:crypto'

/** The package asks for an interface of decorators that no runtime has; this is all it uses of it. */
const metadata = new WeakMap<object, Map<unknown, unknown>>()
Object.assign(Reflect, {
  defineMetadata: (key: unknown, value: unknown, target: object) => {
    metadata.set(target, (metadata.get(target) ?? new Map()).set(key, value))
  },
  getMetadata: (key: unknown, target: object) => metadata.get(target)?.get(key),
  getOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.get(key),
  hasOwnMetadata: (key: unknown, target: object) => metadata.get(target)?.has(key) ?? false,
})
const x509 = await import('@peculiar/x509')

x509.cryptoProvider.set(webcrypto)
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

export type Pair = { readonly certificate: string; readonly key: string }
export type Issuer = {
  readonly certificate: InstanceType<typeof x509.X509Certificate>
  readonly keys: webcrypto.CryptoKeyPair
}

async function makeKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
}

export async function makeAuthority(name: string): Promise<Issuer> {
  const keys = await makeKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    ...{ name: `CN=${name}`, keys, signingAlgorithm: algorithm, serialNumber: '01' },
    extensions: [new x509.BasicConstraintsExtension(true, 1, true)],
  })
  return { certificate, keys }
}

let serial = 16

export async function issue(issuer: Issuer, name: string): Promise<Pair> {
  const keys = await makeKeys()
  serial += 1
  const certificate = await x509.X509CertificateGenerator.create({
    ...{ subject: `CN=${name}`, issuer: issuer.certificate.subject, signingAlgorithm: algorithm },
    ...{ publicKey: keys.publicKey, signingKey: issuer.keys.privateKey },
    serialNumber: serial.toString(16),
    extensions: [
      new x509.SubjectAlternativeNameExtension([{ type: 'ip', value: '127.0.0.1' }]),
      new x509.BasicConstraintsExtension(false),
    ],
  })
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey)
  return {
    certificate: certificate.toString('pem'),
    key: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
  }
}
