// Opens a SMART Health Link as somebody else's viewer does: `node open-health-link.js '{"link", "recipient", "passcode"?, ...}'`.
import { SHLViewer } from 'kill-the-clipboard';

const { link, ...asked } = JSON.parse(process.argv[2]);
try {
  const viewer = new SHLViewer({ shlinkURI: link });
  const { fhirResources } = await viewer.resolveSHL(asked);
  console.log(JSON.stringify({ label: viewer.shl.label, resources: fhirResources }));
} catch (error) {
  console.log(JSON.stringify({ refused: error.name, message: error.message }));
}
