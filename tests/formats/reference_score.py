# ruff: noqa
# fmt: off
# The scorer that comes with the gold files, as it came: what ours is compared with.
"""Score span suggestions and cross-document links against gold JSONL.

    python score.py GOLD.jsonl PRED.jsonl [--json]

PRED has one document per line, {"id", "spans": [{"start","end","label","entity"|"value"}]};
links are read from "entity" (DATE: "value", or the value of its entity). Spans whose
"state" is "rejected" do not count. Standard library only.

Spans.  strict = same label and offsets. overlap = same label, at least one shared code
  point, one gold span to one prediction, longest shared text first. A prediction that
  matches nothing is neutral (neither right nor wrong) when it equals an "optional" gold
  span of its label, or touches one and no gold span of its label.
Links.  Over the gold mentions of a label: a gold mention takes the cluster of the
  prediction that overlap-matches it, or stands alone when there is none (or it has no
  link). Pairwise P/R/F1 over all mention pairs of the file, the same over pairs in
  different documents (x-doc), and B-cubed.
Effort. Cost of turning suggestions into gold: accept 1, reject 1, fix boundary or label
  of an overlapping one 2, add a missing one 3. A wrong label can be fixed where the two
  spans share at least half their joined length; neutral predictions cost 1.
"""
import collections, itertools, json, sys

LABELS = ('PERSON', 'ORG', 'DATE', 'ALLEGATION')
ACCEPT, REJECT, FIX, ADD = 1, 1, 2, 3


def load(path):
    with open(path, encoding='utf-8') as f:
        docs = {o['id']: o for o in map(json.loads, filter(str.strip, f)) if 'id' in o}
    for d in docs.values():
        d['spans'] = [s for s in d['spans'] if s.get('state') != 'rejected']
        for s in d['spans']:
            if s['label'] == 'DATE' and s.get('value') is None:
                s['value'] = d.get('entities', {}).get(s.get('entity'), {}).get('value')
    return docs


def shared(a, b):
    return min(a['end'], b['end']) - max(a['start'], b['start'])


def prf(tp, n_pred, n_gold):
    p = tp / n_pred if n_pred else 0.0
    r = tp / n_gold if n_gold else 0.0
    return p, r, 2 * p * r / (p + r) if p + r else 0.0


def pair_up(gold, pred, ok):
    """Greedy one-to-one pairs (gold index, pred index), longest shared text first."""
    cand = [(-(g['start'] == p['start'] and g['end'] == p['end']), -shared(g, p), i, j)
            for i, g in enumerate(gold) for j, p in enumerate(pred) if shared(g, p) > 0 and ok(g, p)]
    gi, pj, out = set(), set(), []
    for _, _, i, j in sorted(cand):
        if i not in gi and j not in pj:
            gi.add(i); pj.add(j); out.append((i, j))
    return out


def neutral(p, gold, optional):
    same = [o for o in optional if o['label'] == p['label']]
    if any(o['start'] == p['start'] and o['end'] == p['end'] for o in same):
        return True
    return (any(shared(o, p) > 0 for o in same)
            and not any(g['label'] == p['label'] and shared(g, p) > 0 for g in gold))


def spans(gold, pred):
    n = collections.defaultdict(collections.Counter)
    for i, g in gold.items():
        P = pred.get(i, {}).get('spans', [])
        for lab in LABELS:
            G1 = [s for s in g['spans'] if s['label'] == lab]
            seen, P1 = set(), []
            for s in P:
                if s['label'] == lab and (s['start'], s['end']) not in seen:
                    seen.add((s['start'], s['end'])); P1.append(s)
            c = n[lab]
            c['gold'] += len(G1)
            gk = {(s['start'], s['end']) for s in G1}
            hit = {j for _, j in pair_up(G1, P1, lambda a, b: True)}
            for j, p in enumerate(P1):
                nt = neutral(p, g['spans'], g.get('optional', []))
                strict = (p['start'], p['end']) in gk
                c['strict'] += strict
                c['overlap'] += j in hit
                c['pred_strict'] += strict or not nt
                c['pred_overlap'] += (j in hit) or not nt
                c['neutral'] += nt and j not in hit
    return n


def by_marker(gold, pred):
    """Recall of ALLEGATION by where its marking word stands: {marker: [gold, strict, overlap]}."""
    out = {}
    for i, g in gold.items():
        G1 = [s for s in g['spans'] if s['label'] == 'ALLEGATION']
        P1 = [s for s in pred.get(i, {}).get('spans', []) if s['label'] == 'ALLEGATION']
        hit = {a for a, _ in pair_up(G1, P1, lambda a, b: True)}
        pk = {(s['start'], s['end']) for s in P1}
        for k, s in enumerate(G1):
            r = out.setdefault(s.get('marker', '?'), [0, 0, 0])
            r[0] += 1; r[1] += (s['start'], s['end']) in pk; r[2] += k in hit
    return out


def cluster_scores(key):
    """key: list of (gold cluster, predicted cluster, doc)."""
    tp = np = ng = xtp = xnp = xng = 0
    for (g1, p1, d1), (g2, p2, d2) in itertools.combinations(key, 2):
        sg, sp = g1 == g2, p1 == p2
        ng += sg; np += sp; tp += sg and sp
        if d1 != d2:
            xng += sg; xnp += sp; xtp += sg and sp
    G, P, B = (collections.Counter(x) for x in (
        [k[0] for k in key], [k[1] for k in key], [k[:2] for k in key]))
    m = len(key) or 1
    bp = sum(B[k[:2]] / P[k[1]] for k in key) / m
    br = sum(B[k[:2]] / G[k[0]] for k in key) / m
    return {'mentions': len(key), 'pair': prf(tp, np, ng), 'xpair': prf(xtp, xnp, xng),
            'b3': (bp, br, 2 * bp * br / (bp + br) if bp + br else 0.0)}


def links(gold, pred):
    out = {}
    for lab in LABELS:
        field, key, ok, tot = ('value' if lab == 'DATE' else 'entity'), [], 0, 0
        for i, g in gold.items():
            G1 = [s for s in g['spans'] if s['label'] == lab]
            P1 = [s for s in pred.get(i, {}).get('spans', []) if s['label'] == lab]
            m = dict(pair_up(G1, P1, lambda a, b: True))
            for k, s in enumerate(G1):
                c = P1[m[k]].get(field) if k in m else None
                if k in m and s.get(field) is not None:
                    tot += 1; ok += c == s[field]
                g_id = s.get(field)  # a gold mention without a value stands alone
                key.append((('g', g_id) if g_id is not None else ('open', i, k),
                            ('c', c) if c is not None else ('alone', i, k), i))
        out[lab] = cluster_scores(key)
        if lab == 'DATE':
            out[lab]['value_accuracy'] = ok / tot if tot else 0.0
    return out


def effort(gold, pred):
    c = collections.Counter()
    for i, g in gold.items():
        G, seen, P = g['spans'], set(), []
        for s in pred.get(i, {}).get('spans', []):
            k = (s['start'], s['end'], s['label'])
            if k not in seen:
                seen.add(k); P.append(s)
        c['gold'] += len(G)
        same = pair_up(G, P, lambda a, b: a['label'] == b['label'])
        rg = [x for k, x in enumerate(G) if k not in {a for a, _ in same}]
        rp = [x for k, x in enumerate(P) if k not in {b for _, b in same}]
        relabel = pair_up(rg, rp, lambda a, b: 2 * shared(a, b) >= max(a['end'], b['end']) - min(a['start'], b['start']))
        exact = sum(G[a]['start'] == P[b]['start'] and G[a]['end'] == P[b]['end'] for a, b in same)
        c['accept'] += exact
        c['fix'] += len(same) - exact + len(relabel)
        c['reject'] += len(rp) - len(relabel)
        c['add'] += len(rg) - len(relabel)
    c['cost'] = c['accept'] * ACCEPT + c['fix'] * FIX + c['reject'] * REJECT + c['add'] * ADD
    return c


def report(gold, pred):
    r = {'spans': {}, 'links': links(gold, pred), 'allegation_recall_by_marker': by_marker(gold, pred)}
    for lab, c in spans(gold, pred).items():
        r['spans'][lab] = {'gold': c['gold'], 'pred': c['pred_overlap'], 'neutral': c['neutral'],
                           'strict': prf(c['strict'], c['pred_strict'], c['gold']),
                           'overlap': prf(c['overlap'], c['pred_overlap'], c['gold'])}
    e = effort(gold, pred)
    r['effort'] = dict(e, per_gold=e['cost'] / e['gold'] if e['gold'] else 0.0)
    return r


def main():
    gold, pred = load(sys.argv[1]), load(sys.argv[2])
    r = report(gold, pred)
    if '--json' in sys.argv:
        print(json.dumps(r)); return
    f = lambda t: ' '.join('%5.1f' % (100 * x) for x in t)
    print('%-11s %5s %5s %5s | strict P R F        | overlap P R F' % ('', 'gold', 'pred', 'neut'))
    for lab, s in r['spans'].items():
        print('%-11s %5d %5d %5d | %s | %s' % (lab, s['gold'], s['pred'], s['neutral'], f(s['strict']), f(s['overlap'])))
    print('ALLEGATION recall by marker: ' + ', '.join('%s %d: strict %.0f%% overlap %.0f%%' % (k, v[0], 100 * v[1] / v[0], 100 * v[2] / v[0])
                                                      for k, v in sorted(r['allegation_recall_by_marker'].items())))
    print('links: pairwise P R F | x-doc pairs P R F | B3 P R F')
    for lab, s in r['links'].items():
        print('%-11s %5d | %s | %s | %s%s' % (lab, s['mentions'], f(s['pair']), f(s['xpair']), f(s['b3']),
              ' | value ok %.1f' % (100 * s['value_accuracy']) if 'value_accuracy' in s else ''))
    e = r['effort']
    print('effort: %.2f actions per gold span (accept %d, fix %d, reject %d, add %d; gold %d)' % (
        e['per_gold'], e['accept'], e['fix'], e['reject'], e['add'], e['gold']))


if __name__ == '__main__':
    main()
