/** Hands a file to the browser's downloads. */
export function offerFile(file: File): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  // The download reads the address a little later in some browsers.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
