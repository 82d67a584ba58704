/** Gives a copy of the drawing. Rejects with what to tell the user. */
export type ChartSource = () => Promise<SVGSVGElement>;

/** Fetches the drawing of the statechart the first time it is wanted, and again only if that failed. */
export function chartSource(): ChartSource {
  let drawing: Promise<SVGSVGElement> | undefined;
  return async () => {
    drawing ??= fetchChart();
    try {
      return document.importNode(await drawing, true);
    } catch (error) {
      drawing = undefined;
      throw error;
    }
  };
}

async function fetchChart(): Promise<SVGSVGElement> {
  const answer = await fetch('/statechart.svg');
  if (!answer.ok) throw new Error(`the appliance answered ${answer.status}`);
  const parsed = new DOMParser().parseFromString(await answer.text(), 'image/svg+xml');
  const svg = parsed.documentElement;
  if (svg instanceof SVGSVGElement) return svg;
  throw new Error('what the appliance sent is no drawing');
}
