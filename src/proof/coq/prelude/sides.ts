/** Comparing two sides; derivatives; the whole check, as a program. Coq source. */
export const SIDES = `(* Two terms are the same up to the order of their parts. *)
Definition gsame (g h : guard) : bool :=
  match g, h with
  | GEq p, GEq q => peqb p q || peqb p (popp q)
  | GIn p n, GIn q m => peqb p q && peqb n m
  | _, _ => false
  end.
Fixpoint psame (ps qs : list poly) : bool :=
  match ps, qs with [], [] => true | p :: ps, q :: qs => peqb p q && psame ps qs | _, _ => false end.
Definition asame (a b : atom) : bool := Pos.eqb (fst a) (fst b) && psame (snd a) (snd b).
Fixpoint remove1 {T} (same : T -> bool) (l : list T) : option (list T) :=
  match l with
  | [] => None
  | x :: l => if same x then Some l else match remove1 same l with Some l => Some (x :: l) | None => None end
  end.
Fixpoint bounds_same (a b : list bound) : bool :=
  match a with
  | [] => match b with [] => true | _ => false end
  | (v, n) :: a => match take v b with Some (m, b) => peqb n m && bounds_same a b | None => false end
  end.
Fixpoint list_same {T} (same : T -> T -> bool) (a b : list T) : bool :=
  match a with
  | [] => match b with [] => true | _ => false end
  | x :: a => match remove1 (same x) b with Some b => list_same same a b | None => false end
  end.
Definition term_same (t u : term) : bool :=
  bounds_same (bounds t) (bounds u) && list_same gsame (guards t) (guards u) && list_same asame (atoms t) (atoms u).

(* Terms that are the same are added up. *)
Fixpoint gather1 (t : term) (acc : list term) : list term :=
  match acc with
  | [] => [t]
  | u :: acc => if term_same t u then Term (coef t + coef u) (bounds u) (guards u) (atoms u) :: acc else u :: gather1 t acc
  end.
Definition gather (ts : list term) : list term := fold_right gather1 [] ts.
Definition negated (t : term) : term := Term (- coef t) (bounds t) (guards t) (atoms t).
Definition closes (left right : list term) : bool :=
  forallb (fun t => coef t =? 0) (gather (left ++ map negated right)).

(* The derivative by a cell: each atom of its tensor in turn gives way to equations between its index and the cell's. *)
Fixpoint equations (ix cell : list poly) : list guard :=
  match ix, cell with p :: ix, q :: cell => GEq (psub p q) :: equations ix cell | _, _ => [] end.
Fixpoint derivative (x : variable) (cell : list poly) (t : term) (before after : list atom) : list term :=
  match after with
  | [] => []
  | (y, ix) :: after =>
    (if Pos.eqb y x && Nat.eqb (length ix) (length cell) then [Term (coef t) (bounds t) (guards t ++ equations ix cell) (before ++ after)] else [])
    ++ derivative x cell t (before ++ [(y, ix)]) after
  end.
(* Every atom is one of the tensors, with its rank. *)
Definition basic (ranks : list (variable * nat)) (t : term) : bool :=
  forallb (fun a => existsb (fun r => Pos.eqb (fst r) (fst a) && Nat.eqb (snd r) (length (snd a))) ranks) (atoms t).

Record proof := Proof_ {
  factors : list Z;
  unfold_left : list (option (nat * list (list variable))); unfold_right : list (option (nat * list (list variable)));
  steps_left : list (list step); steps_right : list (list step) }.
Record claim := Claim {
  c_assume : list expr; c_units : list (variable * expr); c_outer : list variable; c_definitions : list definition;
  c_left : list written_term; c_right : list written_term }.

Fixpoint runs (base : list poly) (us : list (variable * poly)) (outer : list variable) (ss : list (list step)) (ts : list term) : option (list term) :=
  match ss, ts with
  | [], [] => Some []
  | s :: ss, t :: ts =>
    match run base us outer s t, runs base us outer ss ts with
    | Some (Some t'), Some ts' => Some (t' :: ts')
    | Some None, Some ts' => Some ts'
    | _, _ => None
    end
  | _, _ => None
  end.
Definition c_base (c : claim) : list poly := map norm (c_assume c).
Definition c_inverses (c : claim) : list (variable * poly) := map (fun u => (fst u, norm (snd u))) (c_units c).
Definition c_names (c : claim) : list variable := flat_map pvars (c_base c) ++ c_outer c.
Definition opened (c : claim) (is : list (option (nat * list (list variable)))) (ts : list written_term) : option (list term) :=
  unfolded (c_names c) (c_definitions c) is (map normal ts).
(* Both sides are multiplied by integers that divide what a unit is 1 over. *)
Definition divides (f : Z) (p : poly) : bool := forallb (fun mc => snd mc =? f * (snd mc / f)) p.
Definition invertible (us : list (variable * poly)) (f : Z) : bool := existsb (fun u => divides f (snd u)) us.
Definition scaled (m : Z) (t : term) : term := Term (m * coef t) (bounds t) (guards t) (atoms t).
Definition checked (c : claim) (p : proof) (left right : option (list term)) : bool :=
  match left, right with
  | Some l, Some r =>
    let m := fold_right Z.mul 1 (factors p) in
    let follow ss ts := runs (c_base c) (c_inverses c) (c_names c) ss (map (scaled m) ts) in
    match follow (steps_left p) l, follow (steps_right p) r with
    | Some l, Some r => forallb (invertible (c_inverses c)) (factors p) && closes l r
    | _, _ => false
    end
  | _, _ => false
  end.
Definition check_equal (c : claim) (p : proof) : bool :=
  checked c p (opened c (unfold_left p) (c_left c)) (opened c (unfold_right p) (c_right c)).
Definition check_derivative (c : claim) (ranks : list (variable * nat)) (x : variable) (cell : list expr) (p : proof) : bool :=
  match opened c (unfold_left p) (c_left c) with
  | Some l =>
    forallb (basic ranks) l && forallb (fun v => mem v (c_names c)) (flat_map pvars (map norm cell))
    && checked c p (Some (flat_map (fun t => derivative x (map norm cell) t [] (atoms t)) l)) (opened c (unfold_right p) (c_right c))
  | None => false
  end.
`;
