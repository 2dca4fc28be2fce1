"""A small instrument of one's own to begin with: Dutch, as every instrument is, with what each line is for."""

TEMPLATE = """\
# Een eigen meetinstrument. Pas dit bestand aan en laad het met: verhalen instruments import BESTAND
# Wat achter een # staat is uitleg en telt niet mee.

instrument: ons_instrument     # sleutel: kleine letters, cijfers, punten en _; verander ze later niet meer
versie: 1                      # verhoog dit getal als namen of labels veranderen: oude scores houden dan hun eigen woorden
naam: Ons instrument
bron: "Eigen werk van onze dienst."
wording: eigen                 # eigen of officieel
beoordelaar: samen             # wie meestal invult: coach, samen, ouder, kind of dienst
schaal:
  min: 1                       # verander de schaal niet meer zodra er scores zijn: neem dan een nieuwe sleutel
  max: 5
  # labels: ["...", "...", "...", "...", "..."]   mag hier, als ze voor alle items dezelfde zijn
  # richting: beter            beter (hoger is beter) of slechter (hoger is slechter); mag ook bij een item
nvt: false                     # mag 'niet van toepassing'? Mag ook bij een item
niveaus:                       # over wie gaat een vraag: per gezin, volwassene of kind
  - {id: huishouden, naam: Gezin, per: gezin}
  - {id: volwassene, naam: Volwassene, per: volwassene}
  - {id: kind, naam: Kind, per: kind}
domeinen:
  - id: wonen
    naam: Wonen
    niveau: huishouden
    items:
      - id: huishouden.rust
        naam: Rust in huis
        levensdomein: KLI      # precies één; de lijst staat in codebooks/levensdomeinen.yaml
        vraag: "Hoe rustig is het in huis?"
        # één label per waarde, of geen; begin bij de laagste waarde
        labels: ["Altijd onrust", "Vaak onrust", "Soms onrust", "Meestal rustig", "Rustig"]
  - id: zorg
    naam: Zorg
    niveau: volwassene
    items:
      - id: volwassene.hulp
        naam: Hulp van een dienst
        levensdomein: HUL
        nvt: true
        # alleen waar hoger niet gewoon beter is: waarom je een verandering moet lezen in plaats van tellen
        duiding: "Hulp die start verlaagt eerst het cijfer, en dat kan goed nieuws zijn."
  - id: kind
    naam: Kind
    niveau: kind
    items:
      - id: kind.ruzies
        naam: Ruzies per week
        levensdomein: KIN
        richting: slechter     # hoger is slechter: het verschil wordt omgekeerd geteld
"""
