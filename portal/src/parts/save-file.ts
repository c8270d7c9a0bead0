interface Sink {
  readonly write: (chunk: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
  readonly abort: () => Promise<void>;
}

type Picker = (options: { suggestedName: string }) => Promise<{ createWritable: () => Promise<Sink> }>;

/** Hands a text to the browser as a file. */
export function saveText(name: string, text: string, mediaType: string): void {
  saveBlob(name, new Blob([text], { type: mediaType }));
}

/**
 * Where a long download goes: to a file of the person's choice as it comes, or, in browsers that have no such thing, to
 * a blob, which they may keep on disk.
 *
 * @returns undefined when the person thought better of it
 */
export async function openFile(name: string, mediaType: string): Promise<Sink | undefined> {
  const picker = (window as { showSaveFilePicker?: Picker }).showSaveFilePicker;
  if (!picker) return blobSink(name, mediaType);
  try {
    return await (await picker.call(window, { suggestedName: name })).createWritable();
  } catch (error) {
    if (!(error instanceof DOMException)) throw error;
    if (error.name === 'AbortError') return undefined;
    // Forbidden by a policy of the browser.
    return blobSink(name, mediaType);
  }
}

function blobSink(name: string, mediaType: string): Sink {
  const chunks: BlobPart[] = [];
  return {
    write: async (chunk) => void chunks.push(new Uint8Array(chunk)),
    close: async () => saveBlob(name, new Blob(chunks, { type: mediaType })),
    abort: async () => void chunks.splice(0),
  };
}

function saveBlob(name: string, blob: Blob): void {
  const link = document.createElement('a');
  const address = URL.createObjectURL(blob);
  link.href = address;
  link.download = name;
  link.click();
  // The browser has taken hold of it when the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 0);
}
