/** The rules of a proof, as a program. Coq source. */
export const RULES = `(* The rules of the proof: each turns a term into an equal one, or is refused (None). Some None: the term is zero. *)
Inductive step :=
| Eliminate (v : variable) (at_guard : nat)
| Introduce (at_guard : nat) (v : variable)
| Drop (at_guard : nat) (ev : evidence)
| Also (g : guard) (ev : evidence)
| Split (v high low : variable) (n m : poly) (ev : evidence)
| Index (at_atom axis : nat) (value : poly) (ev : evidence)
| Rename (v w : variable)
| Unit (at_atom : nat) (vs : list variable) (c' : Z) (ev : evidence)
| Vanish (ev : evidence).

Definition claims (g : guard) : list poly := match g with GEq p => [p; popp p] | GIn p n => [p; below p n] end.
Definition ranges (bs : list bound) : list poly :=
  flat_map (fun b => [pvar (fst b); below (pvar (fst b)) (snd b)]) bs.
Fixpoint distinct (l : list variable) : bool := match l with [] => true | v :: l => negb (mem v l) && distinct l end.
Definition apart (a b : list variable) : bool := forallb (fun v => negb (mem v b)) a.
Definition wf (outer : list variable) (bs : list bound) : bool :=
  distinct (names bs) && apart (names bs) outer && apart (flat_map (fun b => pvars (snd b)) bs) (names bs).

Fixpoint takes (vs : list variable) (bs : list bound) : option (list poly * list bound) :=
  match vs with
  | [] => Some ([], bs)
  | v :: vs =>
    match take v bs with
    | Some (n, bs) => match takes vs bs with Some (ns, rest) => Some (n :: ns, rest) | None => None end
    | None => None
    end
  end.

(* us: tensors without axes, each with what it is 1 over. *)
Definition stepped (base : list poly) (us : list (variable * poly)) (s : step) (t : term) : option (option term) :=
  let '(Term c bs gs ats) := t in
  let facts gs := base ++ ranges bs ++ flat_map claims gs in
  match s with
  | Eliminate v k =>
    match take v bs, nth_error gs k with
    | Some (n, rest), Some (GEq z) =>
      let c' := match find (fun mc => match mcompare (fst mc) [v] with Eq => true | _ => false end) z with
                | Some (_, c') => c' | None => 0 end in
      let e := psub (pvar v) (pmulm [] c' z) in
      if (Z.abs c' =? 1) && negb (mem v (pvars e))
      then Some (Some (Term c rest (replace_at k (GIn e n) (map (gsubst (single v e)) gs)) (map (asubst (single v e)) ats)))
      else None
    | _, _ => None
    end
  | Introduce k v =>
    match nth_error gs k with
    | Some (GIn e n) =>
      if negb (mem v (vars gs ats)) && apart (pvars n) (names bs)
      then Some (Some (Term c (bs ++ [(v, n)]) (replace_at k (GEq (psub (pvar v) e)) gs) ats))
      else None
    | _ => None
    end
  | Drop k ev =>
    match nth_error gs k with
    | Some g => let gs' := remove_at k gs in if show (claims g) ev (facts gs') then Some (Some (Term c bs gs' ats)) else None
    | None => None
    end
  | Also g ev => if show (claims g) ev (facts gs) then Some (Some (Term c bs (gs ++ [g]) ats)) else None
  | Split v h l n m ev =>
    match take v bs with
    | Some (nm, rest) =>
      let s := single v (padd (pmul m (pvar h)) (pvar l)) in
      if peqb nm (pmul n m) && show [n; m] ev (facts gs) && negb (Pos.eqb h l) && apart (pvars n ++ pvars m) (names bs)
        && ((Pos.eqb h v) || negb (mem h (vars gs ats))) && ((Pos.eqb l v) || negb (mem l (vars gs ats)))
      then Some (Some (Term c (rest ++ [(h, n); (l, m)]) (map (gsubst s) gs) (map (asubst s) ats)))
      else None
    | None => None
    end
  | Index a x p ev =>
    match nth_error ats a with
    | Some (t, ix) =>
      match nth_error ix x with
      | Some old =>
        let d := psub p old in
        if show [d; popp d] ev (facts gs) then Some (Some (Term c bs gs (replace_at a (t, replace_at x p ix) ats))) else None
      | None => None
      end
    | None => None
    end
  | Rename v w =>
    match take v bs with
    | Some (n, rest) =>
      let s := single v (pvar w) in
      if (Pos.eqb w v) || negb (mem w (vars gs ats))
      then Some (Some (Term c (rest ++ [(w, n)]) (map (gsubst s) gs) (map (asubst s) ats)))
      else None
    | None => None
    end
  | Unit a vs c' ev =>
    match nth_error ats a, takes vs bs with
    | Some (t, []), Some (ns, rest) =>
      match find (fun u => Pos.eqb (fst u) t) us with
      | Some (_, k) =>
        if peqb (fold_right pmul (pconst c) ns) (pmulm [] c' k) && show ns ev (base ++ ranges rest ++ flat_map claims gs)
          && apart vs (vars gs ats) && apart (flat_map pvars ns) (names rest)
        then Some (Some (Term c' rest gs (remove_at a ats)))
        else None
      | None => None
      end
    | _, _ => None
    end
  | Vanish ev => if show [pconst (-1)] ev (facts gs) then Some None else None
  end.

Fixpoint run (base : list poly) (us : list (variable * poly)) (outer : list variable) (ss : list step) (t : term) : option (option term) :=
  match ss with
  | [] => Some (Some t)
  | s :: ss =>
    match stepped base us s t with
    | Some (Some t') => if wf outer (bounds t') then run base us outer ss t' else None
    | Some None => match ss with [] => Some None | _ => None end
    | None => None
    end
  end.
`;
